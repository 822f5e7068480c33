//! The demo's own matters: when its table was dropped, and examples of states that no made-up Azure can bring about.
//!
//! An example is a second model in that state, brought there by the very events that bring a program there. Its page is
//! shown; what is pressed there does nothing.

use super::{Event, Model, Notices, Person, Session, Start};
use crate::azure::http::Response;
use crate::config;
use crate::flow::Command;
use crate::flow::host::File;
use crate::link::Specimen;
use crate::moment::{Moment, Span};
use crate::when::Zone;

const DAY: i64 = 86_400_000;
/// 01:41:07.318: when the demo's table was dropped, each night.
const IN_THE_NIGHT: i64 = 6_067_318;
/// Somebody has to notice it first.
const TWO_HOURS: i64 = 7_200_000;
/// For so long an example has been watched.
const A_WHILE: Span = Span::from_secs(90);

const CONFIG: &str = r#"{"clientId":"5c0f2f0e-93d1-4f6a-8d0b-1f7a6e4b2c39","tenant":"contoso.example"}"#;

/// A job that runs, as Azure tells of it.
const JOB: &str = r##"{"id":"/subscriptions/6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05/resourceGroups/rg-backup-prod/providers/Microsoft.DataProtection/backupVaults/bvault-prod-weu/backupJobs/c7d1f4a8-3b62-4e95-a017-6d8e2f9b5c30","name":"c7d1f4a8-3b62-4e95-a017-6d8e2f9b5c30","properties":{"operationCategory":"Restore","status":"InProgress","dataSourceType":"Microsoft.DBforPostgreSQL/flexibleServers","dataSourceName":"psql-orders-prod","backupInstanceFriendlyName":"psql-orders-prod","startTime":""##;
const JOB_ADDRESS: &str = "#/demo/job?v=1&job=6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05/rg-backup-prod/bvault-prod-weu/c7d1f4a8-3b62-4e95-a017-6d8e2f9b5c30";

/// What a host should send, as far as it is judged (`.ci/csp.mjs` has it whole).
const SENDS: [(&str, &str); 8] = [
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' https://login.microsoftonline.com https://management.azure.com; frame-ancestors 'none'",
    ),
    ("content-type", "application/wasm"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=()"),
    ("referrer-policy", "no-referrer"),
    ("strict-transport-security", "max-age=31536000"),
    ("x-content-type-options", "nosniff"),
];

/// The last night's moment at which the table was dropped.
pub(super) fn last_night(now: Moment) -> Moment {
    let nights = (now.millis() - TWO_HOURS - IN_THE_NIGHT).div_euclid(DAY);
    Moment::from_millis(nights * DAY + IN_THE_NIGHT)
}

impl Model {
    /// A program in this state.
    pub(super) fn specimen(which: Specimen, now: Moment) -> Model {
        let signed_in = Session::SignedIn(Person {
            id: "example".into(),
            username: "oncall-dba@contoso.example".into(),
            tenant: "contoso".into(),
        });
        let mut start = Start {
            address: "#/".into(),
            config: config::read(CONFIG),
            session: Session::SignedOut,
            opened: false,
            accounts: Vec::new(),
            proved: false,
            journal: if which == Specimen::NotKept { Err(()) } else { Ok(Vec::new()) },
            draft: None,
            seed: 0,
            online: which != Specimen::Offline,
            notices: Notices::Absent,
            folder: "https://restore.contoso.example/".into(),
            framed: which == Specimen::Framed,
            insecure: which == Specimen::NotEncrypted,
            shares: false,
            keys: true,
            browser: String::new(),
            msal: String::new(),
            zone: Zone::default(),
        };
        match which {
            Specimen::NotSetUp => {
                start.address = "#/about".into();
                start.config = config::read(
                    "{\n  \"clientId\": \"not-an-id\",\n  \"tenant\": \"contoso.example\",\n  \"clowd\": \"public\"\n}\n",
                );
            }
            Specimen::NotSignedIn => {
                start.session = Session::Failed {
                    code: "AADSTS50011".into(),
                    message: "The redirect URI specified in the request does not match the redirect URIs configured for the application.".into(),
                };
            }
            Specimen::Framed | Specimen::NotEncrypted => {}
            Specimen::Protected | Specimen::Bare => start.address = "#/about".into(),
            Specimen::NoSubscription | Specimen::Offline => {
                (start.address, start.session) = ("#/find".into(), signed_in)
            }
            // What these two link to is the demo's.
            Specimen::NotKept => (start.address, start.session) = ("#/demo/activity".into(), signed_in),
            Specimen::SignedOut => (start.address, start.session) = (JOB_ADDRESS.into(), signed_in),
        }
        let mut model = Model::new();
        // What it waits for comes at once: its last moment is this one.
        let began = now - A_WHILE;
        let mut todo = model.update(Event::Started(Box::new(start)), began);
        let mut reads = 0;
        while reads < 12 && !todo.is_empty() {
            for command in std::mem::take(&mut todo) {
                let (told, at) = match command {
                    Command::Send(ticket, request) => {
                        reads += 1;
                        let answer = answer(which, request.url.as_str(), reads, began);
                        (Event::Answered(ticket, Ok(answer)), began)
                    }
                    Command::AskHost(ticket, file) => (Event::Answered(ticket, Ok(own_host(which, file))), began),
                    Command::Wake(ticket, at) if at < now => (Event::Woke(ticket), at),
                    _ => continue,
                };
                todo.extend(model.update(told, at));
            }
        }
        model
    }
}

fn answer(which: Specimen, url: &str, reads: usize, now: Moment) -> Response {
    let of_job = which == Specimen::SignedOut && url.contains("/backupJobs/");
    let (status, body) = match () {
        () if of_job && reads > 3 => {
            (401, r#"{"error":{"code":"ExpiredAuthenticationToken","message":"The access token expiry UTC time is earlier than current UTC time."}}"#.to_string())
        }
        () if of_job => {
            let began = now - Span::from_secs(768);
            (200, [JOB, &began.iso(), "\",\"extendedInfo\":{\"subTasks\":[]}}}"].concat())
        }
        () => (200, r#"{"value":[],"data":[],"count":0,"totalRecords":0,"resultTruncated":"false"}"#.to_string()),
    };
    Response { status, headers: Vec::new(), body }
}

/// What an example's host sends along with a file: all that it should, or nothing.
fn own_host(which: Specimen, file: File) -> Response {
    let status = if file == File::Absent { 404 } else { 200 };
    let mut response = Response { status, headers: Vec::new(), body: String::new() };
    if which != Specimen::Bare {
        let keeps = if file == File::Program { "max-age=31536000, immutable" } else { "no-cache" };
        response.headers = SENDS.map(|(name, value)| (name.to_string(), value.to_string())).into();
        response.headers.push(("cache-control".into(), keeps.into()));
    }
    response
}
