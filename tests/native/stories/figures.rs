//! What following costs: requests, and how long after its end in Azure a job is over on screen. `docs/performance.md`
//! tells these; `cargo test --no-default-features --test native figures -- --nocapture` prints them.

use super::journey::{DRILLS, PRODUCTION, to_review};
use super::story::{NIGHT, Story};
use expect_test::expect;
use pgflex_restore::app::Session;
use pgflex_restore::azure::http::{Method, Request, Response, Unreachable};
use pgflex_restore::moment::{Moment, Span};

const JOB: &str = "#/demo/job?v=1&job=6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05/rg-backup-prod/bvault-prod-weu/0de345fb-305c-4c1a-9d0e-2f4b6a8c0e13";

/// Answers as a job does that ends then.
fn job_until(end: Moment) -> impl FnMut(Moment, &Request) -> Option<Result<Response, Unreachable>> {
    move |now, request| {
        let status = if now < end { "InProgress" } else { "Completed" };
        let body = format!(
            r#"{{"id":"{}","properties":{{"status":"{status}","operationCategory":"Restore","startTime":"{NIGHT}","dataSourceName":"psql"}}}}"#,
            request.url.path()
        );
        Some(Ok(Response { status: 200, headers: Vec::new(), body }))
    }
}

/// How often a job of so many seconds is asked for, and how long after its end that is on screen.
fn followed(seconds: i64, hidden: bool) -> (usize, Span) {
    let mut story = Story::closed(JOB);
    let end = story.now + Span::from_secs(seconds);
    story.between = Box::new(job_until(end));
    story.start(Session::SignedOut);
    while !story.model.watches[0].is_over() {
        if hidden {
            story.step_hidden();
        } else {
            story.step(end + Span::from_secs(3600));
        }
    }
    (story.sent.len(), story.now.since(end))
}

#[test]
fn the_figures_of_following_a_job() {
    let mut lines = vec!["| job of | requests | delay, seen | delay, hidden |".to_string()];
    for minutes in [2, 12, 60] {
        let of = |hidden| {
            // Jobs end whenever they like: many ends within a minute.
            let runs: Vec<_> = (0..12).map(|nth| followed(minutes * 60 + nth * 5, hidden)).collect();
            let sum: i64 = runs.iter().map(|(_, delay)| delay.millis()).sum();
            let most = runs.iter().map(|(_, delay)| delay.secs()).max().unwrap();
            let requests = runs.iter().map(|(requests, _)| requests).sum::<usize>() / runs.len();
            (requests, format!("{} s on average, {most} s at most", sum / 1000 / runs.len() as i64))
        };
        let ((requests, seen), (fewer, hidden)) = (of(false), of(true));
        lines.push(format!("| {minutes} min | {requests}, hidden {fewer} | {seen} | {hidden} |"));
    }
    let table = lines.join("\n");
    println!("{table}");
    expect![[r#"
        | job of | requests | delay, seen | delay, hidden |
        | 2 min | 16, hidden 3 | 5 s on average, 8 s at most | 27 s on average, 55 s at most |
        | 12 min | 38, hidden 13 | 15 s on average, 27 s at most | 27 s on average, 55 s at most |
        | 60 min | 133, hidden 61 | 14 s on average, 26 s at most | 27 s on average, 55 s at most |"#]]
    .assert_eq(&table);
}

#[test]
fn the_figures_of_a_whole_restore() {
    let mut story = Story::demo(PRODUCTION);
    to_review(&mut story, "psql-orders-prod", DRILLS);
    story.check();
    let (pressed, before) = (story.now, story.sent.len());
    story.press("Start restore");
    story.wait_for("Azure Backup is writing the files");
    let known = story.now;
    story.wait_for("The files of psql-orders-prod are in the container");
    let sent = &story.sent[before..];
    let count = |part: &str| sent.iter().filter(|request| request.url.path().contains(part)).count();
    assert_eq!(sent.iter().filter(|request| request.method == Method::Post).count(), 1);
    let (operation, job) = (count("/operationStatus/"), count("/backupJobs/"));
    let lists = sent.iter().filter(|request| request.url.path().ends_with("/backupJobs")).count();
    assert_eq!(operation + job + lists + 1, sent.len());
    // Azure asks for 30 s before each question about a restore, and names nothing for a job: the resource manager's
    // contract has 60 s there.
    let least = |span: Span, wait: i64| span.secs() / wait;
    let told = format!(
        "{} from press to end: 1 to start, {operation} about the operation (least {}), {job} about the job (least {}), \
         {lists} lists of jobs, to see that none runs twice",
        sent.len(),
        least(known.since(pressed), 30),
        least(story.now.since(known), 60) + 1
    );
    println!("{told}");
    expect!["40 from press to end: 1 to start, 1 about the operation (least 1), 34 about the job (least 12), 4 lists of jobs, to see that none runs twice"].assert_eq(&told);
}
