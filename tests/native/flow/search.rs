//! The search for a job by its file prefix: which jobs are read, which one is taken, when it looks again and when it
//! gives up.

use super::{Host, START, bad, details, good, id, job, list, name, point};
use pgflex_restore::azure::http::{Response, Unreachable};
use pgflex_restore::azure::id::JobId;
use pgflex_restore::flow::search::{Search, Wanted};
use pgflex_restore::flow::{Command, Ticket, Told};
use pgflex_restore::link::Prefix;
use pgflex_restore::moment::Span;
use serde_json::{Value, json};

const CONTAINER: &str = "https://acct1.blob.core.windows.net/dumps";

fn wanted() -> Wanted {
    Wanted {
        point: point(),
        prefix: Prefix::parse("orders-k3x9").unwrap(),
        container: Some(CONTAINER.into()),
        sent: Some(START),
        except: None,
    }
}

struct Looking {
    host: Host,
    search: Search,
}

impl Looking {
    fn begun(wanted: Wanted) -> Self {
        let mut host = Host::new();
        let search = host.with(|context| Search::start(wanted, context));
        Looking { host, search }
    }

    /// For a job that there most likely is not.
    fn briefly(wanted: Wanted) -> Self {
        let mut host = Host::new();
        let search = host.with(|context| Search::brief(wanted, context));
        Looking { host, search }
    }

    fn told(&mut self, told: Told<'_>) -> Option<JobId> {
        self.host.with(|context| self.search.hear(told, context))
    }

    /// Answers the request that is under way.
    #[track_caller]
    fn answered(&mut self, answer: Result<Response, Unreachable>) -> Option<JobId> {
        let (ticket, _) = self.host.asked();
        self.told(Told::Answered(ticket, &answer))
    }

    /// Answers the list that is under way, and every read of a job with one that is another restore's. Tells which were
    /// read, by their digit.
    #[track_caller]
    fn reads(&mut self, jobs: &[Value]) -> String {
        assert_eq!(self.answered(good(&list(jobs))), None);
        let mut read = String::new();
        while let [Command::Send(ticket, request)] = self.host.commands.as_slice() {
            let (ticket, path) = (*ticket, request.url.path().to_string());
            self.host.commands();
            let digit = path.chars().next_back().unwrap();
            read.push(digit);
            let other = good(&job(digit, details("other", CONTAINER, "a1b2")));
            assert_eq!(self.told(Told::Answered(ticket, &other)), None);
        }
        read
    }

    #[track_caller]
    fn sleeps(&mut self) -> i64 {
        let (ticket, seconds) = self.host.rests();
        self.host.passes(seconds);
        self.told(Told::Woke(ticket));
        seconds
    }
}

#[test]
fn only_jobs_that_may_be_the_one_are_read_and_each_once() {
    let early = json!({ "startTime": (START - Span::from_secs(3 * 86_400)).iso_ticks() });
    let jobs = [
        job('1', json!({})),
        job('2', json!({ "operationCategory": "Backup" })),
        job('3', json!({ "backupInstanceId": format!("{}/backupInstances/other", crate::azure::VAULT) })),
        job('4', json!({ "backupInstanceId": null })),
        job('5', early),
        job('6', json!({ "startTime": null })),
        job('7', json!({ "status": "Completed" })),
    ];
    let mut looking = Looking::begun(wanted());
    assert_eq!(looking.reads(&jobs), "76541", "from the end of the list, where Azure mostly has the newest");
    looking.sleeps();
    assert_eq!(looking.reads(&[job('8', json!({})), job('1', json!({}))]), "8", "what was read is known");
}

#[test]
fn the_job_that_is_known_is_not_its_own_twin() {
    let mut looking = Looking::begun(Wanted { except: Some(id('1')), ..wanted() });
    assert_eq!(looking.reads(&[job('1', json!({})), job('2', json!({}))]), "2");
}

/// Whether a job that says this is taken for the one.
#[track_caller]
fn check(wanted: Wanted, said: Value, taken: bool) {
    let mut looking = Looking::begun(wanted);
    looking.answered(good(&list(&[job('1', json!({}))])));
    let found = looking.answered(good(&job('1', said.clone())));
    assert_eq!(found, taken.then(|| id('1')), "{said}");
    assert_eq!(looking.search.over, taken);
}

#[test]
fn a_job_is_the_one_by_its_prefix_its_container_and_its_point() {
    check(wanted(), details("orders-k3x9", CONTAINER, "a1b2"), true);
    check(wanted(), details("orders-k3x9", &format!("{}/", CONTAINER.to_uppercase()), "A1B2"), true);
    check(wanted(), details("orders-k3x9", "", ""), true);
    check(wanted(), details("orders-k3x8", CONTAINER, "a1b2"), false);
    check(wanted(), details("", CONTAINER, "a1b2"), false);
    check(wanted(), details("orders-k3x9", "https://acct1.blob.core.windows.net/other", "a1b2"), false);
    check(wanted(), details("orders-k3x9", CONTAINER, "c3d4"), false);
    check(wanted(), json!({}), false);
    let elsewhere = details("orders-k3x9", "https://acct2.blob.core.windows.net/x", "a1b2");
    check(Wanted { container: None, ..wanted() }, elsewhere, true);
}

#[test]
fn it_looks_ever_less_often_and_gives_up_ten_minutes_after_the_sending() {
    let mut looking = Looking::begun(wanted());
    let mut rests = Vec::new();
    while !looking.search.over {
        assert!(rests.len() < 100, "it never gives up");
        assert_eq!(looking.reads(&[]), "");
        if !looking.search.over {
            assert_eq!(looking.search.next(), Some(looking.host.now + Span::from_secs(rests_after(rests.len()))));
            rests.push(looking.sleeps());
        }
    }
    assert_eq!(rests[..6], [5, 10, 20, 40, 40, 40]);
    assert_eq!((rests.iter().sum::<i64>(), rests.len()), (635, 18), "the first look that is not before ten minutes");
    assert_eq!((looking.search.looks, looking.search.next()), (19, None));
    assert!(looking.search.trouble().is_none(), "nothing was found, and nothing kept it from looking");
    looking.host.is_quiet();
}

fn rests_after(looks: usize) -> i64 {
    [5, 10, 20, 40][looks.min(3)]
}

#[test]
fn at_ten_minutes_to_the_millisecond_it_looks_no_more() {
    for (early, over) in [(1, false), (0, true)] {
        let mut looking = Looking::begun(wanted());
        for _ in 0..2 {
            looking.reads(&[]);
            looking.sleeps();
        }
        looking.host.now = START + Span::from_secs(600) - Span::from_millis(early);
        looking.reads(&[]);
        assert_eq!(looking.search.over, over, "{early} ms before");
    }
}

#[test]
fn a_search_that_begins_long_after_the_sending_looks_three_times() {
    let mut looking = Looking::begun(Wanted { sent: Some(START - Span::from_secs(86_400)), ..wanted() });
    for look in 1..=3 {
        assert!(!looking.search.over);
        looking.reads(&[]);
        assert_eq!(looking.search.looks, look);
        if look < 3 {
            looking.sleeps();
        }
    }
    assert!(looking.search.over);
}

#[test]
fn when_it_gives_up_is_told_from_the_beginning() {
    let gives_up = |sent| Looking::begun(Wanted { sent, ..wanted() }).search.gives_up();
    assert_eq!(gives_up(Some(START - Span::from_secs(60))), START + Span::from_secs(540));
    assert_eq!(gives_up(Some(START - Span::from_secs(86_400))), START);
    assert_eq!(gives_up(None), START + Span::from_secs(600));
}

#[test]
fn what_most_likely_is_not_is_looked_for_at_once_after_one_minute_and_after_five_more() {
    let mut looking = Looking::briefly(wanted());
    looking.reads(&[]);
    assert_eq!(looking.sleeps(), 60);
    looking.reads(&[]);
    assert_eq!(looking.sleeps(), 300);
    looking.reads(&[]);
    assert!(looking.search.over);
    looking.host.is_quiet();
}

#[test]
fn a_page_that_is_seen_again_looks_when_it_is_time_and_not_before() {
    let mut looking = Looking::begun(wanted());
    looking.reads(&[]);
    let (ticket, seconds) = looking.host.rests();
    looking.told(Told::Woke(Ticket(ticket.0 + 100)));
    looking.host.passes(seconds - 1);
    looking.told(Told::Resumed);
    looking.host.is_quiet();
    looking.host.passes(1);
    looking.told(Told::Resumed);
    assert_eq!(looking.host.asked().1, "backupJobs");
}

#[test]
fn a_press_looks_at_once_also_after_it_has_given_up() {
    let mut looking = Looking::briefly(wanted());
    looking.reads(&[]);
    let (ticket, _) = looking.host.rests();
    looking.host.with(|context| looking.search.hurry(context));
    assert!(looking.host.commands.contains(&Command::LetSleep(ticket)), "no timer is left behind");
    looking.host.commands.retain(|command| matches!(command, Command::Send(..)));
    looking.reads(&[]);
    looking.sleeps();
    looking.reads(&[]);
    assert!(looking.search.over);
    looking.host.with(|context| looking.search.hurry(context));
    assert!(!looking.search.over);
    assert_eq!(looking.host.asked().1, "backupJobs");
}

#[test]
fn a_candidate_that_may_not_be_read_does_not_end_the_search_for_the_others() {
    let mut looking = Looking::begun(wanted());
    looking.answered(good(&list(&[job('1', json!({})), job('2', json!({}))])));
    assert_eq!(looking.answered(bad(403)), None);
    let found = looking.answered(good(&job('1', details("orders-k3x9", CONTAINER, "a1b2"))));
    assert_eq!(found, Some(id('1')));
}

#[test]
fn what_could_not_be_read_is_told_in_place_of_that_nothing_was_found() {
    let mut looking = Looking::briefly(wanted());
    for rest in [Some(60), Some(300), None] {
        looking.answered(good(&list(&[job('1', json!({}))])));
        assert_eq!(looking.answered(bad(403)), None);
        assert_eq!(rest.map(|_| looking.sleeps()), rest);
    }
    assert!(looking.search.over && looking.search.trouble().is_some());
}

#[test]
fn a_job_that_does_not_say_its_prefix_yet_is_read_again() {
    let mut looking = Looking::begun(wanted());
    looking.answered(good(&list(&[job('1', json!({}))])));
    assert_eq!(looking.answered(good(&job('1', json!({ "extendedInfo": null })))), None);
    looking.sleeps();
    looking.answered(good(&list(&[job('1', json!({}))])));
    assert_eq!(looking.answered(good(&job('1', details("orders-k3x9", CONTAINER, "a1b2")))), Some(id('1')));
}

#[test]
fn after_the_last_look_there_is_none() {
    let mut looking = Looking::begun(wanted());
    looking.reads(&[]);
    looking.host.commands();
    looking.host.with(|context| looking.search.look_once_more(context));
    looking.host.commands.retain(|command| matches!(command, Command::Send(..)));
    looking.reads(&[]);
    assert!(looking.search.over);
    looking.host.is_quiet();
}

#[test]
fn one_that_begins_later_asks_nothing_before() {
    let mut host = Host::new();
    let search = host.with(|context| Search::after(Span::from_secs(60), wanted(), context));
    let mut looking = Looking { host, search };
    assert_eq!(looking.sleeps(), 60);
    assert_eq!(looking.host.asked().1, "backupJobs");
}

#[test]
fn a_list_that_may_not_be_read_ends_it_and_says_why() {
    let mut looking = Looking::begun(wanted());
    assert_eq!(looking.answered(bad(403)), None);
    assert!(looking.search.over && looking.search.trouble().is_some());
}

#[test]
fn of_a_list_that_breaks_off_what_has_come_is_looked_through() {
    let mut looking = Looking::begun(wanted());
    let next = format!("https://management.azure.com{}/backupJobs?page=2", crate::azure::VAULT);
    looking.answered(good(&json!({ "value": [job('1', json!({}))], "nextLink": next })));
    assert_eq!(looking.search.looks, 0, "the list is not whole yet");
    looking.answered(bad(403));
    assert_eq!(looking.host.asked().1, name('1'));
    assert!(!looking.search.over);
}

#[test]
fn trouble_is_told_while_it_is_tried_again() {
    let mut looking = Looking::begun(wanted());
    looking.answered(bad(503));
    assert!(looking.search.trouble().is_some() && !looking.search.over);
    assert!(looking.search.next().is_some());
    looking.host.commands();
    looking.host.with(|context| looking.search.hurry(context));
    looking.answered(good(&list(&[job('1', json!({}))])));
    looking.answered(bad(503));
    assert!(looking.search.trouble().is_some() && looking.search.next().is_some());
    looking.host.commands();
    looking.host.with(|context| looking.search.hurry(context));
    assert_eq!(looking.host.asked().1, name('1'));
}

#[test]
fn one_that_is_stopped_leaves_no_timer_behind() {
    let mut looking = Looking::begun(wanted());
    looking.reads(&[]);
    let (ticket, _) = looking.host.rests();
    looking.host.with(|context| looking.search.stop(context));
    assert_eq!(looking.host.commands(), [Command::LetSleep(ticket)]);
    assert!(looking.search.over && looking.search.trouble().is_none());
    looking.told(Told::Woke(ticket));
    looking.host.is_quiet();
}
