//! Single machines, told one thing after the other: what they ask for, when, and what they make of it. The stories show
//! the same from outside, where not every limit can be reached.

mod before;
mod find;
mod following;
mod grant;
mod lookup;
mod making;
mod places;
mod preflight;
mod recent;
mod restore;
mod search;
mod series;
mod sight;
mod start;
mod stop;
mod watch;

use crate::azure::{VAULT, arm};
use pgflex_restore::azure::http::{Response, Unreachable};
use pgflex_restore::azure::id::{Found, JobId, PointId, find};
use pgflex_restore::flow::past::Past;
use pgflex_restore::flow::token::Token;
use pgflex_restore::flow::{Command, Context, Dice, Ticket};
use pgflex_restore::moment::{Moment, Span};
use serde_json::{Value, json};

/// When every test begins.
pub const START: Moment = Moment::from_millis(1_767_708_534_000);

/// What a machine has around it.
pub struct Host {
    pub now: Moment,
    /// When other jobs are asked for.
    pub turns: Vec<Moment>,
    online: bool,
    dice: Dice,
    tickets: u64,
    token: Token,
    past: Past,
    commands: Vec<Command>,
}

impl Host {
    pub fn new() -> Self {
        let (dice, token, past) = (Dice::new(7), Token::default(), Past::default());
        Host { now: START, turns: Vec::new(), online: true, dice, tickets: 0, token, past, commands: Vec::new() }
    }

    /// Does something to a machine.
    pub fn with<T>(&mut self, act: impl FnOnce(&mut Context<'_>) -> T) -> T {
        act(&mut Context {
            turns: self.turns.clone(),
            now: self.now,
            arm: arm(),
            online: self.online,
            dice: &mut self.dice,
            tickets: &mut self.tickets,
            token: &mut self.token,
            past: &mut self.past,
            commands: &mut self.commands,
        })
    }

    /// What a machine has asked for since the last look.
    pub fn commands(&mut self) -> Vec<Command> {
        std::mem::take(&mut self.commands)
    }

    /// The one request that a machine has sent since the last look: its ticket, and the last name of its path.
    #[track_caller]
    pub fn asked(&mut self) -> (Ticket, String) {
        let mut sent = self.commands().into_iter().filter_map(|command| match command {
            Command::Send(ticket, request) => {
                Some((ticket, request.url.path().rsplit('/').next().unwrap_or_default().to_string()))
            }
            _ => None,
        });
        let one = sent.next().expect("a request");
        assert!(sent.next().is_none(), "more than one request");
        one
    }

    /// The one wake-up that a machine has asked for since the last look, and how far off it is. Nothing was sent.
    #[track_caller]
    pub fn rests(&mut self) -> (Ticket, i64) {
        let commands = self.commands();
        assert!(!commands.iter().any(|command| matches!(command, Command::Send(..))), "{commands:?}");
        match commands.as_slice() {
            [.., Command::Wake(ticket, at)] => (*ticket, at.since(self.now).secs()),
            other => panic!("{other:?}"),
        }
    }

    /// Nothing was asked for.
    #[track_caller]
    pub fn is_quiet(&mut self) {
        let commands = self.commands();
        assert!(commands.is_empty(), "{commands:?}");
    }

    pub fn passes(&mut self, seconds: i64) {
        self.now = self.now + Span::from_secs(seconds);
    }
}

/// A good answer.
pub fn good(body: &Value) -> Result<Response, Unreachable> {
    Ok(crate::azure::answer(200, &[], &body.to_string()))
}

/// An answer with a failure status.
pub fn bad(status: u16) -> Result<Response, Unreachable> {
    Ok(crate::azure::answer(status, &[], r#"{"error":{"code":"X","message":"y"}}"#))
}

pub fn point() -> PointId {
    match find(&format!("{VAULT}/backupInstances/orders/recoveryPoints/a1b2")) {
        Some(Found::Point(point)) => point,
        other => panic!("{other:?}"),
    }
}

/// The name of a job: all its digits are this one.
pub fn name(digit: char) -> String {
    "00000000-0000-0000-0000-000000000000".replace('0', &digit.to_string())
}

pub fn id(digit: char) -> JobId {
    JobId::parse(&format!("{VAULT}/backupJobs/{}", name(digit))).unwrap()
}

/// A job as the list tells it: a restore that runs, begun as the tests begin; `said` takes the place of its properties.
pub fn job(digit: char, said: Value) -> Value {
    let mut properties = json!({
        "operationCategory": "Restore",
        "status": "InProgress",
        "backupInstanceId": format!("{VAULT}/backupInstances/orders"),
        "startTime": START.iso(),
    });
    for (key, value) in said.as_object().unwrap() {
        properties[key] = value.clone();
    }
    json!({ "id": format!("{VAULT}/backupJobs/{}", name(digit)), "properties": properties })
}

/// What a job says of what it restores, where it says more than the list does.
pub fn details(prefix: &str, container: &str, point: &str) -> Value {
    json!({ "extendedInfo": {
        "additionalDetails": { "Restore File Prefix": prefix },
        "recoveryDestination": container,
        "sourceRecoverPoint": { "recoveryPointID": point },
    } })
}

pub fn list(jobs: &[Value]) -> Value {
    json!({ "value": jobs })
}
