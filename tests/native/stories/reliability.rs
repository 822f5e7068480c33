//! The table of `docs/reliability.md`: every fault at every step of a restore, lived through by a person who presses what
//! the page offers. What it comes to is measured, not asserted one by one: the table in the page is the snapshot.
//!
//! `UPDATE_EXPECT=1 cargo test --no-default-features --test native reliability` writes it anew. Read it afterwards.

use super::journey::{DRILLS, PRODUCTION, to_review};
use super::print;
use super::story::{Story, person};
use pgflex_restore::app::Event;
use pgflex_restore::azure::http::{Method, Request, Response, Unreachable};
use pgflex_restore::moment::Span;
use pgflex_restore::screen::{Block, Tone};
use std::cell::RefCell;
use std::rc::Rc;

/// The steps of a restore, by the requests that make them.
const STEPS: [&str; 7] = ["list", "check", "its status", "look", "start", "its status", "job"];

/// What can go wrong, and how often in a row it does where the step is a read. A write meets it once.
const FAULTS: [(&str, Fault); 22] = [
    ("the browser is offline", Fault::Instead(|| Err(Unreachable::Offline))),
    ("no answer, Azure never read it", Fault::Instead(|| Err(Unreachable::NoAnswer))),
    ("no answer, Azure did read it", Fault::Spoilt(|answer| *answer = Err(Unreachable::NoAnswer))),
    ("an answer of 50 MB", Fault::Spoilt(|answer| *answer = Err(Unreachable::TooLong))),
    ("429, `Retry-After: 20`", Fault::Instead(|| answer(429, &[("Retry-After", "20")], ""))),
    ("429 without a hint", Fault::Instead(|| answer(429, &[], ""))),
    ("500", Fault::Instead(|| answer(500, &[], ""))),
    ("503", Fault::Instead(|| answer(503, &[], "<html>Service Unavailable</html>"))),
    ("no token to be had", Fault::Instead(|| Err(Unreachable::SignedOut("interaction_required".into())))),
    ("401, once", Fault::Once(|| answer(401, &[], &error("ExpiredAuthenticationToken")))),
    ("401, again and again", Fault::Instead(|| answer(401, &[], &error("InvalidAuthenticationToken")))),
    ("401, a claims challenge", Fault::Instead(|| answer(401, &[("WWW-Authenticate", CHALLENGE)], ""))),
    ("403", Fault::Instead(|| answer(403, &[], &error("AuthorizationFailed")))),
    ("404", Fault::Instead(|| answer(404, &[], &error("ResourceNotFound")))),
    (
        "a page of HTML (200)",
        Fault::Instead(|| answer(200, &[("Content-Type", "text/html")], "<html>Sign in to the network</html>")),
    ),
    ("an empty answer", Fault::Spoilt(|answer| spoil(answer, |response| response.body.clear()))),
    ("an answer cut in half", Fault::Spoilt(|answer| spoil(answer, halve))),
    ("members of other types", Fault::Spoilt(|answer| spoil(answer, mistype))),
    ("another status word than any", Fault::Spoilt(|answer| spoil(answer, rename))),
    ("headers hidden from the page", Fault::Spoilt(|answer| spoil(answer, |response| response.headers.clear()))),
    ("addresses that lead elsewhere", Fault::Spoilt(|answer| spoil(answer, lead_away))),
    ("the page is loaded again", Fault::Reload),
];

/// What Azure wants to have proven, readable for the page.
const CHALLENGE: &str = "Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\", \
    error=\"insufficient_claims\", claims=\"eyJhY2Nlc3NfdG9rZW4iOnsiYWNycyI6eyJlc3NlbnRpYWwiOnRydWUsInZhbHVlcyI6WyJwMSJdfX19\"";

#[derive(Clone, Copy)]
enum Fault {
    /// This instead of Azure's answer; Azure has not read the request.
    Instead(fn() -> Answer),
    /// The same, but the next request comes through.
    Once(fn() -> Answer),
    /// Azure has read the request, and its answer is changed.
    Spoilt(fn(&mut Answer)),
    /// Azure has read the request, and the page is loaded again before the answer is there.
    Reload,
}

type Answer = Result<Response, Unreachable>;

fn answer(status: u16, headers: &[(&str, &str)], body: &str) -> Answer {
    let headers = headers.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
    Ok(Response { status, headers, body: body.into() })
}

fn error(code: &str) -> String {
    format!(r#"{{"error":{{"code":"{code}","message":"A message of Azure's."}}}}"#)
}

fn spoil(answer: &mut Answer, how: impl Fn(&mut Response)) {
    if let Ok(response) = answer {
        how(response);
    }
}

fn halve(response: &mut Response) {
    response.body.truncate(response.body.len() / 2);
}

fn mistype(response: &mut Response) {
    for member in ["value", "properties", "status"] {
        response.body = response.body.replace(&format!("\"{member}\":"), &format!("\"{member}\":7,\"was\":"));
    }
}

fn rename(response: &mut Response) {
    for word in ["Inprogress", "InProgress", "Succeeded", "Completed"] {
        response.body = response.body.replace(&format!("\"status\":\"{word}\""), "\"status\":\"Reticulating\"");
    }
}

fn lead_away(response: &mut Response) {
    let azure = "management.azure.com";
    response.body =
        response.body.replace(&format!("\"nextLink\":\"https://{azure}"), "\"nextLink\":\"https://evil.example");
    for (_, value) in &mut response.headers {
        *value = value.replace(azure, "management.azure.com.evil.example");
    }
}

/// Which step a request belongs to.
fn step_of(request: &Request, started: bool) -> Option<usize> {
    let path = request.url.path();
    Some(match (request.method, started) {
        (Method::Get, _) if path.ends_with("/recoveryPoints") => 0,
        (Method::Post, _) if path.ends_with("/validateRestore") => 1,
        (Method::Get, false) if path.contains("/operation") => 2,
        (Method::Get, false) if path.ends_with("/backupJobs") => 3,
        (Method::Post, _) if path.ends_with("/restore") => 4,
        (Method::Get, true) if path.contains("/operation") => 5,
        (Method::Get, true) if path.contains("/backupJobs/") => 6,
        _ => return None,
    })
}

/// What has happened on the way.
#[derive(Default)]
struct Seen {
    /// A restore request has left.
    started: bool,
    /// How many restore requests Azure has read.
    begun: usize,
    /// How often the fault still strikes.
    left: usize,
    /// The present request is struck after Azure has read it.
    strikes: bool,
    reload: bool,
}

/// What a person pressed.
#[derive(Default)]
struct Pressed {
    checks: usize,
    starts: usize,
    decisions: usize,
    sign_ins: usize,
    again: usize,
}

/// What the page says while a fault strikes: the titles of its notices and troubles, in the order of their first coming.
type Said = Vec<String>;

fn listen(said: &mut Said, story: &Story) {
    for block in print::blocks(&story.screen()) {
        let (Block::Note { tone, title, .. } | Block::Status(tone, title, _)) = block else { continue };
        // What is being done is told as well, and differs from step to step.
        let title =
            if title.starts_with("You are not allowed to ") { "You are not allowed to …".to_string() } else { title };
        if matches!(tone, Tone::Bad | Tone::Warn) && !said.contains(&title) {
            said.push(title);
        }
    }
}

/// Lives through one fault at one step; tells in a word what it came to.
fn live(step: usize, fault: Fault, said: &mut Said) -> &'static str {
    let seen = Rc::new(RefCell::new(Seen {
        left: if matches!((step, fault), (1 | 4, _) | (_, Fault::Once(_))) { 1 } else { 3 },
        ..Seen::default()
    }));
    let mut story = Story::demo(PRODUCTION);
    if step > 0 {
        to_review(&mut story, "psql-orders-prod", DRILLS);
    }
    strike(&mut story, &seen, step, fault);
    if step == 0 {
        story.wait_for("psql-orders-prod");
        story.follow("psql-orders-prod");
    }
    let (mut pressed, mut looked_for) = (Pressed::default(), false);
    for _ in 0..3_000 {
        let text = story.text();
        listen(said, &story);
        looked_for |= text.contains("We do not know whether Azure heard us") || text.contains("looking for its job");
        if text.contains("The files of psql-orders-prod are in the container") {
            break;
        }
        if std::mem::take(&mut seen.borrow_mut().reload) {
            story.reload();
        } else if !press(&mut story, &mut pressed, false) && !story.step(story.now + Span::from_secs(3_600)) {
            if step == 0 && story.address().contains("/points") && text.contains("All points") {
                to_review_from_points(&mut story);
            } else if !press(&mut story, &mut pressed, true) {
                break;
            }
        }
    }
    let begun = seen.borrow().begun;
    let sent = story.count(Method::Post, "/restore");
    let asked_for = pressed.starts + pressed.decisions;
    assert!(sent <= asked_for, "{sent} restore requests after {asked_for} presses");
    assert!(story.text().contains("The files of"), "ends with\n{}\n{}", story.text(), story.log.join("\n"));
    assert_eq!(begun, 1, "Azure has begun it {begun} times\n{}", story.log.join("\n"));
    match pressed {
        Pressed { decisions: 1.., .. } => "decide",
        Pressed { sign_ins: 1.., .. } => "sign in",
        Pressed { checks: 2.., .. } | Pressed { starts: 2.., .. } | Pressed { again: 1.., .. } => "press",
        _ if looked_for => "found",
        _ => "by itself",
    }
}

fn to_review_from_points(story: &mut Story) {
    story.choose(1);
    story.press("Choose a target");
    story.wait_for("File prefix: [");
    story.type_into(pgflex_restore::app::Field::Container, DRILLS);
    story.press("Review");
}

fn strike(story: &mut Story, seen: &Rc<RefCell<Seen>>, step: usize, fault: Fault) {
    let mine = seen.clone();
    story.between = Box::new(move |_, request| {
        let mut seen = mine.borrow_mut();
        let struck = seen.left > 0 && step_of(request, seen.started) == Some(step);
        let restore = request.method == Method::Post && request.url.path().ends_with("/restore");
        seen.started |= restore;
        seen.left -= usize::from(struck);
        if let (true, Fault::Instead(answer) | Fault::Once(answer)) = (struck, fault) {
            return Some(answer());
        }
        seen.strikes = struck;
        seen.begun += usize::from(restore);
        None
    });
    let mine = seen.clone();
    story.after = Box::new(move |_, answer| {
        let mut seen = mine.borrow_mut();
        if std::mem::take(&mut seen.strikes) {
            match fault {
                Fault::Spoilt(how) => how(answer),
                Fault::Reload => (seen.left, seen.reload) = (0, true),
                Fault::Instead(_) | Fault::Once(_) => {}
            }
        }
    });
}

/// Presses what leads on: at any time what a restore needs anyhow, and once nothing goes on by itself what is offered then.
fn press(story: &mut Story, pressed: &mut Pressed, at_rest: bool) -> bool {
    let offered = |story: &Story, label: &str| story.button(label).is_some_and(|button| button.disabled.is_none());
    let count = match at_rest {
        false if offered(story, "Start restore") => Some(("Start restore", &mut pressed.starts)),
        false if offered(story, "Check with Azure") => Some(("Check with Azure", &mut pressed.checks)),
        false => None,
        true => {
            let sign_in = ["Sign in again", "Sign in with more proof"].into_iter().find(|label| offered(story, label));
            let decide = ["Start it again, with the same prefix", "Start it anyway"];
            let again = ["Try again", "Ask now", "Review again", "Look again"];
            if let Some(label) = sign_in {
                Some((label, &mut pressed.sign_ins))
            } else if let Some(label) = decide.into_iter().find(|label| offered(story, label)) {
                Some((label, &mut pressed.decisions))
            } else {
                again.into_iter().find(|label| offered(story, label)).map(|label| (label, &mut pressed.again))
            }
        }
    };
    let Some((label, count)) = count else { return false };
    *count += 1;
    assert!(*count < 12, "“{label}” is pressed again and again:\n{}", story.log.join("\n"));
    story.press(label);
    if label.starts_with("Sign in") {
        story.tell(Event::SessionChanged(person()));
    }
    true
}

#[test]
fn every_fault_at_every_step_comes_to_what_the_page_says() {
    let mut table = format!("| | {} | the page says |\n|---{}|---|\n", STEPS.join(" | "), "|---".repeat(STEPS.len()));
    for (name, fault) in FAULTS {
        let mut said = Said::new();
        let cells: Vec<&str> = (0..STEPS.len()).map(|step| live(step, fault, &mut said)).collect();
        table.push_str(&format!("| {name} | {} | {} |\n", cells.join(" | "), said.join("<br>")));
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/reliability.md");
    let page = std::fs::read_to_string(path).unwrap();
    let (before, rest) = page.split_once("<!-- measured -->\n").unwrap();
    let (kept, after) = rest.split_once("<!-- end -->").unwrap();
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(path, format!("{before}<!-- measured -->\n{table}<!-- end -->{after}")).unwrap();
    } else {
        assert_eq!(table, kept, "docs/reliability.md tells another table");
    }
    for word in ["by itself", "press", "found", "decide", "sign in"] {
        assert!(table.contains(&format!("| {word} |")) && page.contains(&format!("**{word}**")), "{word}");
    }
}
