//! Recorded traffic as the other side of the whole application.
//!
//! `tests/recordings.json` has one line for each recording; `tests/end_to_end/replay.test.mjs` plays the same lines in a
//! browser. A line says which page is opened (`opens`), whether a restore is made there (`restores`), and what the page
//! says at last (`sees`). A request is answered by its verb and its path, in order where they repeat,
//! and the last answer stays. What the page reads besides and the recording does not hold stands in `lacks`: with a status
//! it is refused, with a body it is answered, by the least that the page needs. What was recorded and this program does not ask stands in `unasked`; the simulated
//! Azure is asked that (`simulator::fidelity`). Any other request fails.

use super::story::{Story, person};
use crate::fidelity::{files, filled, headers, json};
use pgflex_restore::app::Field;
use pgflex_restore::azure::http::{Request, Response};
use pgflex_restore::azure::id::same_id;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};

/// One recorded request and its answer.
struct Said {
    number: u64,
    /// The verb and the path.
    what: (String, String),
    sent: Value,
    answer: Response,
    /// How often it was recorded, one right after the other.
    times: u64,
    asked: u64,
}

/// A recording that answers.
struct Recording {
    name: String,
    said: Vec<Said>,
    /// What is answered in place of what the recording lacks, by verb and end of the path; and whether it was asked.
    lacks: Vec<(String, Value, bool)>,
}

impl Recording {
    fn read(line: &Value) -> Option<Recording> {
        let name = line["file"].as_str().unwrap();
        let flow = json(&format!("recordings/{name}"))?;
        let said = |said: &Value| Said {
            number: said["n"].as_u64().unwrap(),
            what: (text(&said["method"]), path(&filled(&text(&said["url"])))),
            sent: said["requestBody"].clone(),
            answer: Response {
                status: said["status"].as_u64().unwrap() as u16,
                headers: headers(&said["headers"]),
                body: if said["body"].is_null() { String::new() } else { said["body"].to_string() },
            },
            times: said["repeated"].as_u64().unwrap_or(1),
            asked: 0,
        };
        let said = flow["interactions"].as_array().unwrap().iter().map(said).collect();
        let lacks = line["lacks"].as_object().into_iter().flatten();
        let lacks = lacks.map(|(what, instead)| (what.clone(), instead.clone(), false)).collect();
        Some(Recording { name: name.into(), said, lacks })
    }

    /// What was answered to this request, or a refusal of what the recording is known to lack.
    fn answer(&mut self, request: &Request) -> Response {
        let what = format!("{} {}", request.method.as_str(), request.url.path());
        let is = |said: &Said| said.what.0 == request.method.as_str() && same_id(&said.what.1, request.url.path());
        let next = self.said.iter().position(|said| is(said) && said.asked < said.times);
        if let Some(at) = next.or_else(|| self.said.iter().rposition(is)) {
            let said = &mut self.said[at];
            said.asked += 1;
            let sent = request.body.as_deref().map_or(Value::Null, |body| serde_json::from_str(body).unwrap());
            assert_eq!(unnamed(sent), unnamed(said.sent.clone()), "{}: another body was recorded of {what}", self.name);
            return said.answer.clone();
        }
        let lacked = self.lacks.iter_mut().find(|(lacked, ..)| {
            let (verb, end) = lacked.split_once(' ').unwrap();
            verb == request.method.as_str() && request.url.path().to_lowercase().ends_with(&end.to_lowercase())
        });
        let Some((_, instead, asked)) = lacked else { panic!("{} does not explain {what}", self.name) };
        *asked = true;
        let refusal = json!({ "error": { "code": "AuthorizationFailed", "message": "It is not in the recording." } });
        match instead.as_u64() {
            Some(status) => Response { status: status as u16, headers: Vec::new(), body: refusal.to_string() },
            None => Response { status: 200, headers: Vec::new(), body: instead.to_string() },
        }
    }

    /// What was recorded and not asked for.
    fn unasked(&self) -> Vec<u64> {
        self.said.iter().filter(|said| said.asked == 0).map(|said| said.number).collect()
    }
}

/// A body without the file prefix, which is never the same twice.
fn unnamed(mut body: Value) -> Value {
    for at in ["/restoreTargetInfo/targetDetails", "/restoreRequestObject/restoreTargetInfo/targetDetails"] {
        if let Some(details) = body.pointer_mut(at) {
            details["filePrefix"] = json!("");
        }
    }
    body
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_string()
}

fn path(url: &str) -> String {
    let rest = url.split_once("://").unwrap().1;
    rest[rest.find('/').unwrap()..].split('?').next().unwrap().to_string()
}

fn lines() -> Vec<Value> {
    serde_json::from_str(include_str!("../../recordings.json")).unwrap()
}

#[test]
fn every_recording_has_its_line() {
    let flows = files("recordings", "flow-");
    let mut listed: Vec<String> = lines().iter().map(|line| text(&line["file"])).collect();
    listed.sort();
    assert!(flows.is_empty() || flows == listed, "recorded are {flows:?}, listed {listed:?}");
}

#[test]
fn every_recording_can_be_the_other_side() {
    for line in lines() {
        let Some(recording) = Recording::read(&line) else { return };
        let recording = Arc::new(Mutex::new(recording));
        if let Some(address) = line["opens"].as_str() {
            let mut story = Story::closed(address);
            let answers = Arc::clone(&recording);
            story.between = Box::new(move |_, request| Some(Ok(answers.lock().unwrap().answer(request))));
            story.start(person());
            if line["restores"] == true {
                restore(&mut story, &recording);
            }
            story.wait_for(line["sees"].as_str().unwrap());
        }
        let recording = recording.lock().unwrap();
        assert_eq!(json!(recording.unasked()), line["unasked"], "{}: what is not asked", recording.name);
        let idle: Vec<_> = recording.lacks.iter().filter(|(.., asked)| !asked).map(|(what, ..)| what).collect();
        assert!(idle.is_empty(), "{}: nothing asks for {idle:?}", recording.name);
    }
}

/// What the recording's own person did: the newest point, as files, into the same container.
fn restore(story: &mut Story, recording: &Mutex<Recording>) {
    let sent =
        recording.lock().unwrap().said.iter().find(|said| said.what.1.ends_with("/restore")).unwrap().sent.clone();
    let target = &sent["restoreTargetInfo"];
    story.wait_for("latest");
    story.choose(0);
    story.press("Choose a target");
    story.wait_for("File prefix: [");
    story.type_into(Field::Container, target["targetDetails"]["url"].as_str().unwrap());
    // The vault could not be read, so the person says where it is.
    story.type_into(Field::Region, target["restoreLocation"].as_str().unwrap());
    story.press("Review");
    story.wait_for("Check, then start");
    story.check();
    story.press("Start restore");
    // Nor could the jobs: a person decides.
    story.wait_for("It is not known whether this point is already being restored");
    story.press("Start it anyway");
}
