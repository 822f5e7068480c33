//! The simulated Azure: `(now, Request) → Response`. A world of names, and what was started in it.
//!
//! It reads no clock, draws no random number and does no I/O; an operation's and a job's state is a function of the
//! time since it began. It shares nothing with this program's reading of Azure: it is written from the OpenAPI files,
//! from Microsoft's documentation and from recorded traffic, and answers with the oddities that these show.
//! `docs/simulator.md` tells what there is to try and how it differs from Azure.

mod access;
mod breaks;
mod drills;
mod errors;
mod faults;
mod graph;
mod huge;
mod jobs;
mod ledger;
mod listing;
mod message;
mod operations;
mod places;
mod points;
mod problems;
mod query;
mod request;
mod route;
mod servers;
mod storage;
mod text;
mod world;

use crate::azure::http::{Method, Request, Response, Unreachable};
use crate::moment::{Moment, Span};
use access::Assignment;
use faults::Met;
use operations::Started;
use request::Asked;
use serde_json::Value;
use storage::Created;
use text::{between, compact, guid, http_date, join};

/// A simulated Azure: the world, and what was started, created and granted in it.
#[derive(Default)]
pub struct Azure {
    started: Vec<Started>,
    created: Vec<Created>,
    granted: Vec<Assignment>,
    asked: u64,
    /// What was asked for at addresses that fail for a while. Not in the ledger: after a reload they fail again.
    met: Vec<Met>,
}

/// An answer, and how long Azure takes for it.
pub struct Reply {
    /// What comes back, if anything does.
    pub outcome: Result<Response, Unreachable>,
    /// How long until it is there.
    pub takes: Span,
}

impl Azure {
    /// An Azure in which nothing was started yet, or, with the ledger of an earlier one, in which that has been.
    /// A ledger that cannot be read is one in which nothing was started.
    pub fn new(ledger: Option<&str>) -> Self {
        ledger.and_then(ledger::read).unwrap_or_default()
    }

    /// What an Azure made later needs to know of this one: a short JSON text.
    pub fn ledger(&self) -> String {
        ledger::write(self)
    }

    /// Answers a request that arrives now.
    pub fn answer(&mut self, now: Moment, request: &Request) -> Reply {
        self.asked += 1;
        let mut asked = Asked::new(now, request, self.asked);
        self.add_names(&mut asked);
        // What is slow in life is slow here: writing more than reading.
        let least = if asked.method == Method::Get { 90 } else { 350 };
        let takes = between(asked.seed, least, 450);
        let faults = faults::provoked(&mut self.met, &asked);
        let outcome = faults::before(&faults, &asked).unwrap_or_else(|| Ok(route::dispatch(self, &asked)));
        let outcome = outcome.map(|mut response| {
            self.add_headers(&asked, &mut response);
            response
        });
        let mut reply = Reply { outcome, takes };
        faults::after(&faults, &asked, &mut reply);
        reply
    }

    /// A request that polls an operation or a job is about the server and the container of it; one that starts
    /// something is about the container in its body.
    fn add_names(&self, asked: &mut Asked) {
        for started in &self.started {
            let (operation, job) = (started.operation(), started.job());
            let about = |s: &String| *s == operation || (started.restore && *s == job);
            if asked.segments.iter().any(about) {
                asked.names.extend(started.names());
                asked.since = Some(asked.now.since(started.at));
            }
        }
        let wrapped = request::member(&asked.body, "restoreRequestObject");
        for body in [wrapped, &asked.body] {
            let container = world::by_url(request::text(body, &["restoreTargetInfo", "targetDetails", "url"])).1;
            if !container.is_empty() {
                asked.names.push(container.to_ascii_lowercase());
                break;
            }
        }
        // Who asks the resource graph about one subscription asks about that one.
        if let Value::Array(ids) = request::member(&asked.body, "subscriptions")
            && let [Value::String(id)] = ids.as_slice()
        {
            asked.names.push(id.to_ascii_lowercase());
        }
    }

    /// The headers that every answer carries, in the casing and order in which Azure sends them (Microsoft's
    /// "Restore … using REST API", 2021-07-01, and recorded traffic).
    fn add_headers(&self, asked: &Asked, response: &mut Response) {
        let own = std::mem::take(&mut response.headers);
        let headers = &mut response.headers;
        let mut add = |name: &str, value: &str| headers.push((name.to_string(), value.to_string()));
        let id = |what: &str| guid(&[what, &asked.seed.to_string()]);
        let correlation = id("correlation");
        let routing = join(&["WESTEUROPE:", &compact(asked.now), ":", &id("routing")]);
        add("Cache-Control", "no-cache");
        add("Pragma", "no-cache");
        add("Content-Length", &response.body.len().to_string());
        if !response.body.is_empty() {
            add("Content-Type", "application/json; charset=utf-8");
        }
        add("Expires", "-1");
        for (name, value) in own {
            add(&name, &value);
        }
        add("x-ms-request-id", &id("request"));
        // The allowance shrinks with each request and fills up again.
        let left = 249 - (self.asked % 50);
        let (kind, left) = match asked.method {
            Method::Get if asked.lower.len() < 2 => ("x-ms-ratelimit-remaining-tenant-reads", left),
            Method::Get => ("x-ms-ratelimit-remaining-subscription-reads", left),
            _ => ("x-ms-ratelimit-remaining-subscription-writes", left - 50),
        };
        add(kind, &left.to_string());
        add("x-ms-correlation-request-id", &correlation);
        add("x-ms-routing-request-id", &routing);
        add("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
        add("X-Content-Type-Options", "nosniff");
        add("Date", &http_date(asked.now));
    }
}
