//! The way to Azure and back, on which anything may happen to a request and to its answer.

use super::promises::{self, Kept};
use super::seen::Sight;
use super::walk::{Coming, Walk, of};
use pgflex_restore::app::Session;
use pgflex_restore::azure::http::{Method, Request, Response, Unreachable};
use pgflex_restore::flow::Ticket;
use pgflex_restore::link::World;
use pgflex_restore::moment::{Moment, Span};
use std::collections::{BTreeMap, BTreeSet};

/// How often something goes wrong, in a thousand.
#[derive(Clone, Copy, Debug)]
pub struct Trouble {
    /// With any request.
    pub any: u64,
    /// With the request to start a restore, or to make a container.
    pub start: u64,
}

/// What has passed between the browser and Azure: what promises are measured by.
#[derive(Default)]
pub struct Heard {
    /// The restore requests, by world and prefix.
    pub restores: BTreeMap<(usize, String), Restore>,
    /// The operations that Azure began, by id: the prefix, and whether it is a restore.
    pub operations: BTreeMap<String, (String, bool)>,
    /// What Azure was asked to check, by world and prefix: the request within.
    pub checked: BTreeMap<(usize, String), BTreeSet<String>>,
    /// The prefixes that Azure said it would let through.
    pub let_through: BTreeSet<String>,
    /// The restores of which Azure said that it took them, in words that reached the browser: world and prefix.
    pub accepted: BTreeSet<(usize, String)>,
    /// The jobs that Azure said are completed, by id.
    pub completed: BTreeSet<String>,
    /// The prefix of the restore request that leaves in this update.
    pub leaving: Option<String>,
    /// The tab that noted a restore last, and whether the request has left since.
    pub noted_last: Option<(usize, bool)>,
}

/// The requests to start one restore.
#[derive(Default)]
pub struct Restore {
    /// Whose.
    pub realm: String,
    /// What it says.
    pub body: String,
    /// Whether it has left the browser.
    pub left: bool,
    /// How many of those Azure may have taken, as far as the browser was told.
    pub open: usize,
    /// The vault's path.
    pub vault: String,
    /// When Azure took it, as often as it did.
    pub taken: Vec<Moment>,
    /// Whether storage refused its note.
    pub not_kept: bool,
    /// Whether the person had the list of restores emptied.
    pub forgotten: bool,
}

/// What happens to a request.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fate {
    /// Azure answers.
    Well,
    /// It never arrives.
    NotRead,
    /// Azure reads it; the answer is lost.
    Lost,
    /// Azure reads it after the browser has given it up.
    ReadLate,
    /// The answer is late: others overtake it.
    Late,
    /// The browser sends it twice: a connection broke before the first answer came.
    Twice,
    /// The same, and Azure refuses the second one: the only one whose answer is heard.
    TwiceRefused(u16),
    /// Somebody on the way answers in Azure's place, and Azure never reads it.
    Status(u16),
    /// Azure reads it; a gateway gives up on Azure.
    Gateway(u16),
    /// The answer is longer than any.
    TooLong,
    /// The answer is cut off.
    Cut,
    /// The answer is a page of HTML.
    Html,
    /// The answer is JSON of another type.
    Mistyped,
    /// What the answer leads to is not Azure.
    LedAway,
    /// The browser hides the answer's headers.
    Hidden,
}

const FATES: [(u32, Fate); 26] = [
    (12, Fate::NotRead),
    (12, Fate::Lost),
    (10, Fate::ReadLate),
    (10, Fate::Late),
    (10, Fate::Twice),
    (5, Fate::TwiceRefused(409)),
    (5, Fate::TwiceRefused(429)),
    (2, Fate::Status(401)),
    (2, Fate::Status(403)),
    (2, Fate::Status(404)),
    (2, Fate::Status(408)),
    (2, Fate::Status(409)),
    (5, Fate::Status(429)),
    (2, Fate::Status(500)),
    (2, Fate::Status(503)),
    (2, Fate::Gateway(408)),
    (2, Fate::Gateway(500)),
    (2, Fate::Gateway(502)),
    (2, Fate::Gateway(503)),
    (2, Fate::Gateway(504)),
    (2, Fate::TooLong),
    (3, Fate::Cut),
    (3, Fate::Html),
    (3, Fate::Mistyped),
    (5, Fate::LedAway),
    (5, Fate::Hidden),
];

/// Hosts and paths that are not Azure's, however much they look so.
const AWAY: [&str; 9] = [
    "https://management.azure.com.evil.example",
    "https://evil.example",
    "http://management.azure.com",
    "https://management.azure.com@evil.example",
    "https://evil.example/management.azure.com",
    "https://management.azure.com:8443",
    "https://management.azure.com\\@evil.example",
    "//evil.example",
    "javascript:alert(1)//",
];

/// More proof is wanted: `{"access_token":{"nbf":1}}`.
impl Heard {
    /// Notes the request that stands within the request of a check.
    pub fn asked_to_check(&mut self, world: usize, prefix: String, body: &str) {
        let inner = body.strip_prefix(r#"{"restoreRequestObject":"#).and_then(|body| body.strip_suffix('}'));
        self.checked.entry((world, prefix)).or_default().extend(inner.map(str::to_string));
    }
}

const CHALLENGE: &str = r#"Bearer error="insufficient_claims", claims="eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjoxfX0=""#;

const HTML: &str = "<!doctype html><html><body>Sign in to the hotel's network</body></html>";

const MISTYPED: [&str; 8] =
    ["null", "[]", "{}", "7", "\"Succeeded\"", r#"{"value":{}}"#, r#"{"status":1}"#, r#"{"id":[],"properties":"x"}"#];

impl Walk {
    /// A request leaves a tab.
    pub fn send(&mut self, at: usize, ticket: Ticket, request: Request) -> Kept {
        self.seen.requests += 1;
        // A list is read page after page, however long: each is another request.
        self.seen.repeated += u64::from(!request.url.path().ends_with("/recoveryPoints"));
        promises::of_a_request(&request)?;
        let tab = &self.tabs[at];
        let world = tab.world;
        if world == World::Azure && (tab.lapsed || !matches!(tab.session, Session::SignedIn(_))) {
            let why = Unreachable::SignedOut("interaction_required".into());
            self.answer(at, ticket, Span::from_millis(40), Err(why));
            return Ok(());
        }
        if !self.online {
            self.answer(at, ticket, Span::from_millis(2), Err(Unreachable::Offline));
            return Ok(());
        }
        let start = prefix_of(&request, "/restore");
        if let Some(prefix) = &start {
            if let Some(noted) = &mut self.heard.noted_last {
                noted.1 = true;
            }
            let known = self.heard.restores.entry((of(world), prefix.clone())).or_default();
            (known.left, known.open) = (true, known.open + 1);
        }
        let often =
            if start.is_some() || request.method == Method::Put { self.trouble.start } else { self.trouble.any };
        let fate =
            if self.chance.happens(often) { *self.chance.weighed(&FATES).unwrap_or(&Fate::Well) } else { Fate::Well };
        self.note(|| format!("    {} {} … {fate:?}", request.method.as_str(), short(request.url.path())));
        let answers = self.chance.millis(90, 900);
        let late = self.chance.millis(1_000, if request.method == Method::Get { 55_000 } else { 115_000 });
        let (after, outcome) = match fate {
            Fate::NotRead => {
                self.see_start(&start, Sight::NeverArrived);
                (late, Err(Unreachable::NoAnswer))
            }
            Fate::ReadLate => {
                self.see_start(&start, Sight::ReadLate);
                let arrives = self.now + self.chance.millis(100, 240_000);
                self.later(arrives, Coming::Read(world, request));
                (late, Err(Unreachable::NoAnswer))
            }
            Fate::Status(status) | Fate::TwiceRefused(status) => {
                if matches!(fate, Fate::TwiceRefused(_)) && start.is_some() {
                    self.seen.see(Sight::TwinRefused);
                    self.read(world, &request);
                }
                if let Some(prefix) = start.filter(|_| status < 500 && status != 408) {
                    self.heard.restores.entry((of(world), prefix)).or_default().open -= 1;
                }
                (answers, Ok(self.refusal(status)))
            }
            _ => {
                if fate == Fate::Twice && start.is_some() {
                    self.seen.see(Sight::Twins);
                    self.read(world, &request);
                }
                let outcome = self.asked(world, &request);
                self.on_the_way_back(at, fate, &request, outcome, (answers, late))
            }
        };
        self.answer(at, ticket, after, outcome);
        Ok(())
    }

    /// Azure reads a request, and its answer leads nowhere.
    pub fn read(&mut self, world: World, request: &Request) {
        let _ = self.asked(world, request);
    }

    /// Azure reads a request and answers.
    fn asked(&mut self, world: World, request: &Request) -> Result<Response, Unreachable> {
        let outcome = self.azure[of(world)].answer(self.now, request).outcome;
        let begins = [("/restore", true), ("/validateRestore", false)];
        for (ending, restore) in begins {
            if let (Some(prefix), Ok(response)) = (prefix_of(request, ending), &outcome)
                && response.status == 202
            {
                let address = response.header("Location").unwrap_or_default();
                let id = last_name(address.split('?').next().unwrap_or_default());
                self.heard.operations.insert(id, (prefix.clone(), restore));
                if restore {
                    let entry = self.heard.restores.entry((of(world), prefix)).or_default();
                    entry.taken.push(self.now);
                }
            }
        }
        outcome
    }

    fn on_the_way_back(
        &mut self,
        at: usize,
        fate: Fate,
        request: &Request,
        outcome: Result<Response, Unreachable>,
        (soon, late): (Span, Span),
    ) -> (Span, Result<Response, Unreachable>) {
        let start = prefix_of(request, "/restore");
        let Ok(mut response) = outcome else { return (soon, outcome) };
        match fate {
            Fate::Lost => {
                self.see_start(&start, Sight::AnswerLost);
                return (late, Err(Unreachable::NoAnswer));
            }
            Fate::TooLong => return (late, Err(Unreachable::TooLong)),
            Fate::Gateway(status) => return (late, Ok(self.refusal(status))),
            Fate::Html => (response.status, response.body) = (200, HTML.into()),
            Fate::Mistyped => response.body = (*self.chance.one(&MISTYPED)).to_string(),
            Fate::Cut => {
                let most = response.body.len().saturating_sub(1);
                let at = self.chance.below(most + 1);
                response.body = response.body.chars().take(at).collect();
            }
            _ => {
                if fate == Fate::LedAway {
                    self.lead_away(&mut response);
                }
                if fate == Fate::Hidden {
                    response.headers.retain(|(name, _)| name == "Content-Type");
                }
                self.hear(at, request, &response);
            }
        }
        if start.is_some() && matches!(fate, Fate::Cut | Fate::Mistyped) && response.status == 202 {
            // A 202 has no body: its status says all.
            self.hear(at, request, &response);
        }
        (if fate == Fate::Late { late } else { soon }, Ok(response))
    }

    /// Something that Azure said is about to reach the browser as Azure said it.
    fn hear(&mut self, at: usize, request: &Request, response: &Response) {
        let (path, world) = (request.url.path(), of(self.tabs[at].world));
        let heard = &mut self.heard;
        match prefix_of(request, "/restore") {
            Some(prefix) if response.status == 202 => {
                heard.accepted.insert((world, prefix));
            }
            // Refused by the name of its server.
            Some(prefix) if (400..500).contains(&response.status) => {
                heard.restores.entry((world, prefix)).or_default().open -= 1;
            }
            _ => {}
        }
        let over = match () {
            () if path.contains("/operationStatus/") => response.body.contains(r#""status":"Succeeded""#),
            () => path.contains("/operationResults/") && response.status == 200,
        };
        let failed = path.contains("/operationStatus/") && response.body.contains(r#""status":"Failed""#);
        if failed && let Some((prefix, true)) = heard.operations.remove(&last_name(path)) {
            heard.restores.entry((world, prefix)).or_default().open -= 1;
        }
        if let Some((prefix, false)) = heard.operations.get(&last_name(path)).filter(|_| over) {
            heard.let_through.insert(prefix.clone());
        }
        // With warnings, perhaps.
        if path.contains("/backupJobs/") && response.body.contains(r#""status":"Completed"#) {
            heard.completed.insert(last_name(path));
        }
    }

    fn lead_away(&mut self, response: &mut Response) {
        self.seen.see(Sight::LedAway);
        let away = *self.chance.one(&AWAY);
        for (_, value) in &mut response.headers {
            if let Some(rest) =
                value.strip_prefix("https://").and_then(|rest| rest.find('/').map(|at| rest[at..].to_string()))
            {
                *value = format!("{away}{rest}");
            }
        }
        let away = away.replace('\\', "\\\\");
        response.body = response.body.replace(r#""nextLink":null"#, &format!(r#""nextLink":"{away}/subscriptions""#));
    }

    /// An error that somebody between the browser and Azure may give, or Azure's front door.
    fn refusal(&mut self, status: u16) -> Response {
        let codes = [
            (401, "ExpiredAuthenticationToken"),
            (403, "AuthorizationFailed"),
            (404, "ResourceNotFound"),
            (409, "Conflict"),
            (429, "TooManyRequests"),
            (500, "InternalServerError"),
        ];
        let code = codes.iter().find(|(known, _)| *known == status).map(|(_, code)| *code);
        let mut headers = Vec::new();
        if self.chance.happens(300) {
            let waits = ["0", "1", "17", "600", "86400", "-5", "soon"];
            headers.push(("Retry-After".to_string(), (*self.chance.one(&waits)).to_string()));
        }
        if status == 401 && self.chance.happens(400) {
            headers.push(("WWW-Authenticate".to_string(), CHALLENGE.to_string()));
        }
        let body = match code {
            Some(code) if self.chance.happens(800) => {
                format!(r#"{{"error":{{"code":"{code}","message":"Not now."}}}}"#)
            }
            _ if self.chance.happens(500) => HTML.to_string(),
            _ => String::new(),
        };
        Response { status, headers, body }
    }

    fn see_start(&mut self, start: &Option<String>, sight: Sight) {
        if start.is_some() {
            self.seen.see(sight);
        }
    }
}

/// The prefix in the body of a POST whose path ends so.
pub fn prefix_of(request: &Request, ending: &str) -> Option<String> {
    if request.method != Method::Post || !request.url.path().ends_with(ending) {
        return None;
    }
    let body = request.body.as_deref().unwrap_or_default();
    let (_, rest) = body.split_once("\"filePrefix\"")?;
    let mut quoted = rest.split('"');
    quoted.next()?;
    Some(quoted.next()?.to_string())
}

pub fn last_name(path: &str) -> String {
    path.rsplit('/').next().unwrap_or_default().to_string()
}

fn short(path: &str) -> String {
    let names: Vec<&str> = path.rsplit('/').take(2).collect();
    names.into_iter().rev().map(|name| name.get(..18).unwrap_or(name)).collect::<Vec<_>>().join("/")
}
