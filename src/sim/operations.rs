//! Long-running operations: accepted with 202 and two addresses to ask at, then a function of the time since.
//!
//! Where the addresses point, how they are signed and what they answer follows recorded traffic of 2023-11-01,
//! 2024-04-01 and 2026-03-01, and Microsoft's "Restore … using REST API" for 2021-07-01.

use super::errors::{Answered, Problem, gateway, invalid_input, no_content, not_found, ok, user_facing};
use super::faults::{self, Effect, Fault};
use super::request::{Asked, member, text};
use super::text::{NEVER, base64, between, fill, guid, hash, join, noise, ticks, time};
use super::world::{self, Instance, Kind, Vault, by_url};
use super::{Azure, access, points, storage};
use crate::azure::http::Response;
use crate::moment::{Moment, Span};
use serde_json::Value;

/// A validation or a restore that Azure accepted.
#[derive(Clone)]
pub struct Started {
    /// Whether it is a restore; otherwise a validation.
    pub restore: bool,
    /// When it was accepted.
    pub at: Moment,
    /// Its number: tells apart what was accepted in one millisecond.
    pub serial: i64,
    /// What is restored.
    pub instance: &'static Instance,
    /// The recovery point.
    pub point: String,
    /// The target container's URL.
    pub url: String,
    /// The prefix of the files.
    pub prefix: String,
    /// The api-version it was asked for with: decides where its addresses point and whether they are signed.
    pub version: String,
    /// What will become of it, where that is a failure.
    pub fault: Option<&'static Fault>,
}

/// Where an operation stands.
enum Standing {
    Running,
    Succeeded,
    /// With the code and the sentence of the innermost error.
    Failed(&'static Problem, (&'static str, String)),
}

impl Started {
    fn seed(&self) -> [String; 3] {
        [self.at.millis().to_string(), self.serial.to_string(), self.instance.server.to_string()]
    }

    /// A GUID of its own for each use.
    fn guid(&self, what: &str) -> String {
        let [at, serial, server] = self.seed();
        guid(&[what, &at, &serial, &server])
    }

    /// The operation's id: base64 of `guid;guid`, of which the first is the vault's.
    pub fn operation(&self) -> String {
        base64(&join(&[&guid(&["vault", self.instance.vault]), ";", &self.guid("operation")]))
    }

    /// The job's id, should there be a job.
    pub fn job(&self) -> String {
        self.guid("job")
    }

    /// The job's activity id.
    pub fn activity(&self) -> String {
        self.guid("activity")
    }

    /// The target's resource id, as far as the account is known.
    pub fn target_id(&self) -> String {
        match by_url(&self.url) {
            (Some(account), container) => account.container_id(container),
            (None, _) => self.url.clone(),
        }
    }

    /// The names by which it provokes faults.
    pub fn names(&self) -> [String; 3] {
        let (_, container) = by_url(&self.url);
        [self.instance.vault, self.instance.server, container].map(str::to_ascii_lowercase)
    }

    /// How long the operation runs. Recorded: 41 s and 21 s for a validation, 1 s to a job id; documented: 4 s.
    fn takes(&self) -> Span {
        let [at, serial, _] = self.seed();
        let hash = hash(&[&at, &serial]);
        if let Some(Effect::OperationSays(_, millis)) = self.effect() {
            return Span::from_millis(*millis);
        }
        if self.restore { between(hash, 1_200, 2_700) } else { between(hash, 40_500, 1_000) }
    }

    fn ends(&self) -> Moment {
        self.at + self.takes()
    }

    /// What becomes of it, where that is out of the ordinary.
    pub fn effect(&self) -> Option<&'static Effect> {
        self.fault.map(|fault| &fault.effect)
    }

    fn failure(&self) -> Option<(&'static Problem, (&'static str, String))> {
        match *self.effect()? {
            Effect::Validation(problem, code, words) => Some((problem, (code, self.detailed(words)))),
            Effect::Operation(problem) if self.restore => Some((problem, ("", String::new()))),
            _ => None,
        }
    }

    /// The sentence of the innermost error.
    fn detailed(&self, words: &str) -> String {
        let instance = self.instance;
        fill(
            words,
            &[
                ("who", instance.vault().principal),
                ("target", &self.target_id()),
                ("server", &instance.source_id()),
                ("name", instance.server),
                ("group", instance.group),
            ],
        )
    }

    fn standing(&self, now: Moment) -> Standing {
        if now < self.ends() {
            return Standing::Running;
        }
        self.failure().map_or(Standing::Succeeded, |(problem, detailed)| Standing::Failed(problem, detailed))
    }

    /// Whether it leads to a job, now or soon.
    pub fn has_job(&self) -> bool {
        self.restore && self.failure().is_none()
    }

    fn is_signed(&self) -> bool {
        self.version != "2021-07-01"
    }

    /// The query of its addresses: the api-version and, but for the first one, time, certificate, signature and hash,
    /// together some 4 KB. The certificate is the same for all.
    fn query(&self, kind: &str) -> String {
        let mut query = join(&["api-version=", &self.version]);
        if self.is_signed() {
            let [at, serial, server] = self.seed();
            let signed = hash(&[kind, &at, &serial, &server]);
            // Ticks since the year 1, as .NET counts.
            let t = (ticks(self.at) + 621_355_968_000_000_000).to_string();
            let (c, s, h) = (noise(1, 3_300), noise(signed, 342), noise(!signed, 43));
            query = join(&[&query, "&t=", &t, "&c=MII", &c, "&s=", &s, "&h=", &h]);
        }
        query
    }

    fn host(&self) -> String {
        let vault = self.instance.vault();
        let region = if vault.regional_host { join(&[vault.place().location, "."]) } else { String::new() };
        join(&["https://", &region, "management.azure.com"])
    }

    /// `…/locations/{region}/{kind}/{id}`.
    fn by_location(&self, kind: &str) -> String {
        let place = self.instance.vault().place();
        let provider = "/providers/Microsoft.DataProtection/locations/";
        let parts =
            ["/subscriptions/", place.subscription, provider, place.location, "/", kind, "/", &self.operation()];
        join(&parts)
    }

    /// The two addresses to ask at, and how soon: what stands on a 202.
    fn where_to_ask(&self) -> Vec<(String, String)> {
        let status = if self.is_signed() {
            join(&[&self.instance.vault().id(), "/operationStatus/", &self.operation()])
        } else {
            self.by_location("operationStatus")
        };
        let location = join(&[&self.host(), &self.by_location("operationResults"), "?", &self.query("results")]);
        let status = join(&[&self.host(), &status, "?", &self.query("status")]);
        let wait = if self.restore { "30" } else { "10" };
        [("Location", location.as_str()), ("Azure-AsyncOperation", status.as_str()), ("Retry-After", wait)]
            .map(|(n, v)| (n.to_string(), v.to_string()))
            .to_vec()
    }

    /// The job's id as operations tell it: with a casing that no other answer has.
    fn job_id(&self) -> String {
        let vault = self.instance.vault();
        let parts = [
            "/subscriptions/",
            vault.place().subscription,
            "/resourcegroups/",
            vault.group,
            "/providers/Microsoft.DataProtection/BackupVaults/",
            vault.name,
            "/backupJobs/",
            &self.job(),
        ];
        join(&parts)
    }

    fn accepted(&self) -> Response {
        Response { status: 202, headers: self.where_to_ask(), body: String::new() }
    }
}

/// What a restore request asks for; nothing where it is not what Azure takes.
fn read(asked: &Asked, instance: &'static Instance, request: &Value, restore: bool, serial: i64) -> Option<Started> {
    let target = member(request, "restoreTargetInfo");
    let details = member(target, "targetDetails");
    let filled = |value: &str| (!value.is_empty()).then(|| value.to_string());
    let is = |value: &Value, name: &str, wanted: &str| text(value, &[name]) == wanted;
    let url = filled(text(details, &["url"]))?;
    let named = text(details, &["targetResourceArmId"]);
    let started = Started {
        restore,
        at: asked.now,
        serial,
        instance,
        point: filled(text(request, &["recoveryPointId"]))?,
        prefix: filled(text(details, &["filePrefix"]))?,
        url,
        version: asked.version().to_string(),
        fault: None,
    };
    let fits = is(request, "objectType", "AzureBackupRecoveryPointBasedRestoreRequest")
        && is(request, "sourceDataStoreType", "VaultStore")
        && is(target, "objectType", "RestoreFilesTargetInfo")
        && is(target, "recoveryOption", "FailIfExists")
        && text(target, &["restoreLocation"]).eq_ignore_ascii_case(instance.vault().place().location)
        && is(details, "restoreTargetLocationType", "AzureBlobs")
        // The target may be named twice, then it has to be the same one.
        && (named.is_empty() || by_url(&started.url).0.is_none() || named.eq_ignore_ascii_case(&started.target_id()))
        && instance.kind == Kind::FlexibleServer
        && instance.state != "SoftDeleted"
        && faults::is_restorable(instance.server);
    fits.then_some(started)
}

/// POST validateRestore, which wraps the request, and restore, which takes it bare (OpenAPI, 2021-07-01 to 2026-06-01).
pub fn accept(azure: &mut Azure, asked: &Asked, instance: &'static Instance, restore: bool) -> Answered {
    if asked.has_body && asked.body.is_null() {
        return Err(no_content());
    }
    let wrapped = member(&asked.body, "restoreRequestObject");
    let request = if restore { &asked.body } else { wrapped };
    // A wrapped body has no restoreTargetInfo on top, a bare one no restoreRequestObject: each lacks what is read.
    let serial = azure.started.last().map_or(1, |s| s.serial + 1);
    let mut started = read(asked, instance, request, restore, serial).ok_or_else(invalid_input)?;
    started.fault = faults::fate(&started, obstacle(azure, &started));
    if restore && let Some(answered_fails) = faults::taken_twice(&started) {
        // Two requests reached Azure where one was meant; the answer is about the second.
        let mut first = started.clone();
        started.serial += 1;
        let late = if answered_fails { &mut started } else { &mut first };
        late.fault = faults::named(faults::FILES_EXIST);
        azure.started.push(first);
    }
    let response = started.accepted();
    azure.started.push(started);
    Ok(response)
}

/// What stands in the way of something started, looked for in the order in which Azure would meet it.
fn obstacle(azure: &Azure, started: &Started) -> Option<&'static str> {
    let (account, container) = by_url(&started.url);
    let Some(account) = account.filter(|a| storage::has_container(azure, a, container)) else {
        return Some(faults::NOT_THERE);
    };
    let vault = started.instance.vault();
    let elsewhere = account.place().subscription != vault.place().subscription;
    let taken = |s: &Started| s.has_job() && s.url == started.url && s.prefix == started.prefix;
    if !vault.has_identity() {
        Some(faults::NO_IDENTITY)
    } else if elsewhere && vault.cross_subscription != "Enabled" {
        Some(faults::NO_CROSS_SUBSCRIPTION)
    } else if !storage::reaches(vault, account) {
        Some(faults::NO_NETWORK)
    } else if account.cross_tenant == Some(false) {
        Some(faults::NO_CROSS_TENANT)
    } else if !access::may_write(azure, vault, &account.container_id(container), started.at) {
        Some(faults::NO_ROLE)
    } else if points::find(started.instance, started.at, &started.point).is_none() {
        Some(faults::NO_POINT)
    } else if started.restore && azure.started.iter().any(taken) {
        Some(faults::FILES_EXIST)
    } else {
        None
    }
}

fn find<'a>(azure: &'a Azure, asked: &Asked, id: &str, kind: &str) -> Result<&'a Started, Response> {
    let started = azure.started.iter().find(|s| s.operation() == id).ok_or_else(not_found)?;
    // A signed address works as it was given and in no other way; what Azure answers otherwise is in no recording. With
    // the api-version alone it is an operation of the OpenAPI, and an address that Azure hands out itself (`results`).
    if asked.query.contains('&') && started.query(kind) != asked.query {
        return Err(gateway(403, "InvalidSignature", "The signature of the operation URL is invalid."));
    }
    Ok(started)
}

/// Whether an operation belongs to what the path names: a vault, or a region of a subscription.
pub struct Scope<'a> {
    /// The subscription.
    pub subscription: &'a str,
    /// The vault, where the path names one.
    pub vault: Option<&'a Vault>,
    /// The region, where the path names one.
    pub location: Option<&'a str>,
}

impl Scope<'_> {
    fn holds(&self, started: &Started) -> bool {
        let vault = started.instance.vault();
        vault.place().subscription.eq_ignore_ascii_case(self.subscription)
            && self.vault.is_none_or(|v| v.name == vault.name)
            && self.location.is_none_or(|l| l.eq_ignore_ascii_case(vault.place().location))
    }
}

/// GET operationStatus: always 200, `Inprogress` with a small p, no `Retry-After`, and an end in whole seconds.
pub fn status(azure: &Azure, asked: &Asked, scope: &Scope, id: &str) -> Answered {
    let started = find(azure, asked, id, "status")?;
    if !scope.holds(started) {
        return Err(not_found());
    }
    let (mut error, mut properties) = (String::new(), String::new());
    let status = match started.standing(asked.now) {
        Standing::Running => match started.effect() {
            Some(Effect::OperationSays(word, _)) => *word,
            _ => "Inprogress",
        },
        Standing::Succeeded if started.restore => {
            properties = fill(
                r#","properties":{"jobId":"{job}","objectType":"OperationJobExtendedInfo"}"#,
                &[("job", &started.job_id())],
            );
            "Succeeded"
        }
        Standing::Succeeded => "Succeeded",
        Standing::Failed(problem, (code, detailed)) => {
            let body = user_facing(problem, (code, &detailed), &started.activity(), false);
            error = join(&["\"error\":", &body, ","]);
            "Failed"
        }
    };
    let end = if asked.now < started.ends() { NEVER.to_string() } else { started.ends().iso() };
    Ok(ok(fill(
        r#"{"id":"/{path}","name":"{id}","status":"{status}",{!error}"startTime":"{start}","endTime":"{end}"{!properties}}"#,
        &[
            ("path", &asked.segments.join("/")),
            ("id", id),
            ("status", status),
            ("error", &error),
            ("start", &time(started.at)),
            ("end", &end),
            ("properties", &properties),
        ],
    )))
}

/// GET operationResults: 202 while it runs, 200 after. No recording shows it after a failure; here it is 400 with the
/// same error.
pub fn results(azure: &Azure, asked: &Asked, scope: &Scope, id: &str) -> Answered {
    let started = find(azure, asked, id, "results")?;
    if !scope.holds(started) {
        return Err(not_found());
    }
    let body = match started.standing(asked.now) {
        Standing::Running => return Ok(started.accepted()),
        Standing::Failed(problem, (code, detailed)) => {
            let error = user_facing(problem, (code, &detailed), &started.activity(), true);
            let body = fill(r#"{"error":{!error}}"#, &[("error", &error)]);
            return Err(Response { status: 400, headers: Vec::new(), body });
        }
        Standing::Succeeded if started.restore => {
            fill(r#"{"jobId":"{job}","objectType":"OperationJobExtendedInfo"}"#, &[("job", &started.job_id())])
        }
        Standing::Succeeded => r#"{"objectType":"OperationJobExtendedInfo"}"#.to_string(),
    };
    let mut response = ok(body);
    // Recorded: a short, unsigned address of another scope than the one on the 202.
    let status = join(&[&started.host(), &started.by_location("operationStatus"), "?api-version=", &started.version]);
    response.headers.push(("Azure-AsyncOperation".to_string(), status));
    Ok(response)
}

/// The server of this name: names of servers are unique in this world.
pub fn instance_of(server: &str) -> Option<&'static Instance> {
    world::instances().find(|i| i.server == server)
}
