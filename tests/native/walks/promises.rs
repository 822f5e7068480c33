//! What is promised, whatever happens: a function each, which says what it is and fails where it is broken.

use super::network::{Heard, Restore, prefix_of};
use super::seen::Sight;
use super::walk::{Tab, Walk, of};
use pgflex_restore::azure::cloud::Cloud;
use pgflex_restore::azure::http::{ArmUrl, Method, Request};
use pgflex_restore::azure::wire::JobStatus;
use pgflex_restore::flow::Command;
use pgflex_restore::flow::restore::Stage;
use pgflex_restore::journal::{Entry, Outcome};
use pgflex_restore::link::Place;
use pgflex_restore::moment::Span;

/// A promise that was not kept, and how.
#[derive(Clone, Debug)]
pub struct Broken {
    pub promise: &'static str,
    pub what: String,
}

/// Whether all is well.
pub type Kept<T = ()> = Result<T, Broken>;

pub fn hold(promise: &'static str, holds: bool, what: impl FnOnce() -> String) -> Kept {
    if holds { Ok(()) } else { Err(Broken { promise, what: what() }) }
}

/// What is promised of what the application wants done.
pub fn of_commands(walk: &mut Walk, at: usize, commands: &[Command]) -> Kept {
    walk.heard.leaving = None;
    let mut noted: Vec<Entry> = Vec::new();
    for command in commands {
        match command {
            Command::KeepEntry(_, row) => noted.extend(row.as_deref().and_then(Entry::parse)),
            Command::Wake(_, moment) => {
                let rest = moment.since(walk.browser_time());
                hold("it rests for a second at least", rest >= Span::from_secs(1), || format!("{} ms", rest.millis()))?;
            }
            Command::SendAs(_, request, _) => {
                hold("another account only reads", request.method == Method::Get, || request.url.as_str().to_string())?
            }
            Command::Send(_, request) => {
                written_by_a_person_alone(&mut walk.tabs[at], request)?;
                if let (Some(prefix), Some(body)) = (prefix_of(request, "/validateRestore"), &request.body) {
                    walk.heard.asked_to_check(of(walk.tabs[at].world), prefix, body);
                }
                if request.method == Method::Put && !request.url.path().contains("/roleAssignments/") {
                    walk.seen.see(Sight::ContainerMade);
                }
                if let Some(prefix) = prefix_of(request, "/restore") {
                    let press = at_most_one_for_a_press(&mut walk.tabs[at], &prefix)?;
                    noted_before_it_leaves(&noted, &prefix)?;
                    started_as_it_was_checked(walk, at, &prefix, request.body.as_deref().unwrap_or_default())?;
                    let tab = &walk.tabs[at];
                    let realm = tab.model.realm();
                    let known = walk.heard.restores.entry((of(tab.world), prefix.clone())).or_default();
                    always_the_same_request(known, request)?;
                    known.body = request.body.clone().unwrap_or_default();
                    known.realm = realm;
                    known.vault = request.url.path().split("/backupInstances/").next().unwrap_or_default().into();
                    started_once(known, press)?;
                    known.not_kept |= walk.full;
                    walk.seen.see(if press == 0 { Sight::FirstPress } else { Sight::SecondPress });
                    if walk.full {
                        walk.seen.see(Sight::NotKept);
                    }
                    walk.heard.leaving = Some(prefix);
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// Whatever writes was pressed by a person, who is not behind a frame, and once: a container to be made, a role to be
/// assigned. What restores are held to stands below; a check starts nothing.
fn written_by_a_person_alone(tab: &mut Tab, request: &Request) -> Kept {
    let path = request.url.path();
    let pressed = match request.method {
        Method::Get => true,
        Method::Put => {
            hold("nothing is made from a page in a frame", !tab.framed, || path.to_string())?;
            let pressed = if path.contains("/roleAssignments/") { &mut tab.granting } else { &mut tab.making };
            std::mem::take(pressed)
        }
        Method::Post => {
            let known = ["/validateRestore", "/restore", "/Microsoft.ResourceGraph/resources"];
            known.iter().any(|end| path.ends_with(end))
        }
    };
    hold("nothing but a press of a person writes, and once", pressed, || format!("{} {path}", request.method.as_str()))
}

/// No restore is started that nobody asked for, and none twice for one press.
/// Of a plan, what was named in the question is started, once, and nothing else. Says whether it was a first press (0).
fn at_most_one_for_a_press(tab: &mut Tab, prefix: &str) -> Kept<usize> {
    tab.posts += 1;
    let named = tab.named.remove(prefix);
    let (posts, presses) = (tab.posts, tab.presses);
    let pressed = named.is_some() || std::mem::take(&mut tab.pressed);
    hold("at most one restore request for a press", pressed, || {
        format!("{posts} left after {presses} presses, the last one for {prefix}")
    })?;
    hold("nothing is started from a page in a frame", !tab.framed, || prefix.to_string())?;
    Ok(named.unwrap_or(tab.last_press))
}

/// Whatever has left can be found again: its note is kept first, by the same update.
fn noted_before_it_leaves(noted: &[Entry], prefix: &str) -> Kept {
    let open = noted.iter().any(|entry| entry.prefix.as_str() == prefix && entry.outcome.is_none());
    hold("a restore is noted before its request leaves", open, || format!("{prefix}: {noted:?}"))
}

/// What is started is, letter by letter, what Azure was asked to check under this prefix: an edit makes the check void.
fn started_as_it_was_checked(walk: &Walk, at: usize, prefix: &str, body: &str) -> Kept {
    let checked = walk.heard.checked.get(&(of(walk.tabs[at].world), prefix.to_string()));
    hold("what is started was checked, word for word", checked.is_some_and(|bodies| bodies.contains(body)), || {
        format!("{body}\nwas not among\n{checked:?}")
    })
}

/// A second try asks for what the first one did: else Azure would not refuse it where the first one did arrive.
fn always_the_same_request(known: &Restore, request: &Request) -> Kept {
    let (before, body) = (&known.body, request.body.as_deref().unwrap_or_default());
    // Where storage keeps nothing no tab knows what its duplicate has sent.
    hold("one prefix, one request", known.open == 0 || known.not_kept || before == body, || {
        format!("{before}\nbecame\n{body}")
    })
}

/// What Azure may have taken is not started anew. A second try is up to the person, who was told that nobody knows; so
/// is what becomes of a list of restores that storage refused, or that the person had emptied.
fn started_once(known: &Restore, press: usize) -> Kept {
    let ours = press == 0 && !known.not_kept && !known.forgotten;
    hold("what Azure may have taken is only ever started again", known.open == 0 || !ours, || {
        format!("{} may run", known.open)
    })
}

/// A token goes to Azure Resource Manager alone.
pub fn of_a_request(request: &Request) -> Kept {
    let (url, host) = (request.url.as_str(), request.url.host());
    let ours = host == "management.azure.com" || host.ends_with(".management.azure.com");
    let plain = url.starts_with("https://") && url.bytes().all(|b| b.is_ascii_graphic() && b != b'\\' && b != b'#');
    let admitted = ArmUrl::admit(Cloud::Public.arm_host(), url, None).is_ok();
    hold("every request goes to Azure", ours && plain && admitted, || url.to_string())
}

/// What is promised of what is on the screen.
pub fn of_the_page(tab: &Tab, heard: &Heard) -> Kept {
    // With views, it is drawn now and then as well: that no page makes the program panic, the runner of walks looks after.
    hold("every page has a heading", !tab.screen.page.title.is_empty() && !tab.screen.title.is_empty(), || {
        format!("{:?}", tab.model.link)
    })?;
    finished_by_azures_word(tab, heard)?;
    reviewed_as_the_form_says(tab)?;
    for restore in &tab.model.restores {
        let prefix = restore.plan.prefix.as_str();
        let key = (of(tab.world), prefix.to_string());
        hold(
            "“Azure would accept it” is Azure's word",
            restore.checked.is_none() || heard.let_through.contains(prefix),
            || format!("{prefix} is {:?}", restore.checked),
        )?;
        let told = heard.accepted.contains(&key);
        let says = restore.accepted.is_some() || matches!(restore.stage, Stage::Searching { heard: true, .. });
        hold("“Azure accepted it” is Azure's word", told || !says, || prefix.to_string())?;
    }
    bounded(tab)
}

/// What can be checked and started is what the form says, and where an administrator lets files go.
fn reviewed_as_the_form_says(tab: &Tab) -> Kept {
    for point in tab.model.reviewed_points() {
        let (Some(draft), Some(restore)) = (tab.model.draft_of(&point), tab.model.reviewed(&point)) else { continue };
        if restore.is_started() || restore.is_sought_in_spite() {
            continue;
        }
        let url = tab.model.resolve(draft).map(|resolved| resolved.target.url);
        hold("what is reviewed is what the form says", url.as_ref() == Ok(&restore.plan.target.url), || {
            format!("{url:?}, and reviewed is {}", restore.plan.target.url)
        })?;
    }
    Ok(())
}

/// "Finished" stands on the screen only after Azure has said so of this job: on its page, on the list of restores, in the
/// tab's title and in notifications, which tell what is noted.
fn finished_by_azures_word(tab: &Tab, heard: &Heard) -> Kept {
    for entry in tab.model.journal.entries.iter().filter(|entry| entry.outcome == Some(Outcome::Completed)) {
        let said = entry.job.as_ref().is_some_and(|job| heard.completed.contains(job.name.as_str()));
        hold("“finished” is Azure's word", said, || format!("{entry:?}"))?;
    }
    let Place::Job(id) = tab.model.place() else { return Ok(()) };
    let Some(watch) = tab.model.watch_of(&id) else { return Ok(()) };
    let done =
        watch.job().is_some_and(|job| matches!(job.status, JobStatus::Completed | JobStatus::CompletedWithWarnings));
    let said = heard.completed.contains(id.name.as_str());
    let title = &tab.screen.page.title;
    hold("“finished” is Azure's word", said || !done, || title.clone())?;
    hold("“finished” is Azure's word", said || !title.starts_with("The files of"), || title.clone())
}

/// What waits is bounded by what was done since the page was loaded.
fn bounded(tab: &Tab) -> Kept {
    // Eight vaults and four lists of points are read side by side, and once more where their answers were lost; a press on
    // the review may have all read once more that is known beforehand. Of each point of a plan five things are read of its
    // source, and nine beforehand.
    let most = 26 + 6 * tab.acts + 14 * tab.model.gathered.len();
    hold("what waits is bounded", tab.waits <= most, || format!("{} waits after {} acts", tab.waits, tab.acts))?;
    let kept = tab.model.restores.len();
    hold("what is remembered is bounded", kept <= 4 + tab.acts, || format!("{kept} restores after {} acts", tab.acts))
}
