//! The report for whoever helps: what can be told without naming anything. Names, addresses, tenants, people and tokens stay
//! out of it; what is kept whole are the ids of requests, since Azure's support asks for them.

use super::host::lines;
use super::make::{Press, Put};
use super::shown::shown;
use super::{Block, Icon};
use crate::app::{Event, Model};
use crate::azure::cloud::{ApiVersion, Cloud};
use crate::azure::http::Response;
use crate::config::Config;
use crate::flow::host::{File, Why};
use crate::link::World;
use crate::words::{labels, page};

/// The headers of this host that are told with their values: they have a closed form.
const VALUES: [&str; 11] = [
    "cache-control",
    "content-encoding",
    "content-security-policy",
    "content-type",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "referrer-policy",
    "strict-transport-security",
    "vary",
    "x-content-type-options",
    "x-frame-options",
];

/// What this browser shows of Azure's answers, then the text to copy.
pub(super) fn diagnostics(blocks: &mut Vec<Block>, model: &Model) {
    let mut report = String::new();
    head(&mut report, model);
    configuration(&mut report, model);
    host(&mut report, model);
    failures(&mut report, model);
    shown(blocks, model, &mut report);
    let (mut body, mut buttons, mut text) = (Vec::new(), Vec::new(), Vec::new());
    text.source(page::THE_REPORT, &report);
    buttons.tell(page::COPY_REPORT, Event::CopyPressed(report)).icon(Icon::Copy);
    body.says(page::DIAGNOSTICS_MORE).buttons(buttons).fold("whole", page::READ_REPORT, text);
    blocks.section("report", page::DIAGNOSTICS, body);
}

fn head(report: &mut String, model: &Model) {
    let arm = model.arm();
    let cloud = if model.world() == World::Demo { labels::SIMULATION } else { arm.cloud.title() };
    report.extend([labels::PROGRAM, " ", page::VERSION]);
    if let Some(commit) = page::BUILT_FROM {
        report.extend([" (", commit, ")"]);
    }
    report.extend([", ", cloud, ", ", page::API_VERSION, " ", arm.api.as_str()]);
    if !model.msal.is_empty() {
        report.extend([", MSAL ", &model.msal]);
    }
    report.extend(["\n", &model.browser, "\n"]);
}

/// Every key of `config.json`, with what it is where it can be told.
fn configuration(report: &mut String, model: &Model) {
    report.push_str(page::OF_CONFIG);
    let Ok(config) = &model.config else { return report.push_str(page::NOT_IN_USE) };
    let Config { client_id, tenant, cloud, api_version, allowed, support } = config;
    let mut key = |name: &str, value: &str, default: bool| {
        report.extend(["  ", name, ": ", value, if default { page::DEFAULT } else { "" }, "\n"]);
    };
    key("clientId", &last_four(client_id), false);
    let tenant = match tenant.as_str() {
        "organizations" => tenant.clone(),
        domain if domain.contains('.') => page::A_DOMAIN.to_string(),
        id => last_four(id),
    };
    key("tenant", &tenant, false);
    key("cloud", cloud.name(), *cloud == Cloud::default());
    key("apiVersion", api_version.as_str(), *api_version == ApiVersion::default());
    let flag = |on: bool| if on { "true" } else { "false" };
    key("grantRoles", flag(allowed.grant_roles), allowed.grant_roles);
    key("createContainers", flag(allowed.create_containers), allowed.create_containers);
    let targets = allowed.targets.as_ref();
    let count = targets
        .map_or(page::ANY.to_string(), |targets| [targets.len().to_string().as_str(), page::OF_TARGETS].concat());
    key("targets", &count, targets.is_none());
    // What they say may name people.
    for (name, said) in [("supportText", &support.text), ("supportUrl", &support.url)] {
        key(name, if said.is_some() { page::SET } else { page::NOT_SET }, said.is_none());
    }
}

fn last_four(id: &str) -> String {
    ["…", id.get(id.len().saturating_sub(4)..).unwrap_or_default()].concat()
}

/// What was found of the host, and what it sends along with its files.
fn host(report: &mut String, model: &Model) {
    report.push_str(page::OF_HOST);
    for line in lines(model) {
        report.extend(["  ", page::protection(line.topic).0, ": ", page::given(&line)]);
        if line.why != Why::Plain {
            report.extend([". ", &page::why(line.why)]);
        }
        report.push('\n');
    }
    for file in File::ALL {
        let Some(answer) = model.host.answer(file) else { continue };
        report.extend(["\n", page::file(file), ":\n"]);
        match answer {
            Ok(response) => headers(report, response),
            Err(why) => report.extend(["  ", page::unreachable(why), "\n"]),
        }
    }
}

fn headers(report: &mut String, response: &Response) {
    report.extend(["  ", &response.status.to_string(), "\n"]);
    let mut others = String::new();
    for (name, value) in &response.headers {
        if VALUES.contains(&name.as_str()) {
            report.extend(["  ", name, ":"]);
            value.split_ascii_whitespace().for_each(|word| report.extend([" ", without_names(word)]));
            report.push('\n');
        } else {
            others.extend([if others.is_empty() { "" } else { ", " }, name]);
        }
    }
    if !others.is_empty() {
        report.extend(["  ", page::OTHERS, &others, "\n"]);
    }
}

/// A word of a header, unless it names a host that is none of a cloud's, or a path.
fn without_names(word: &str) -> &str {
    let bare = word.trim_end_matches([';', ',']);
    let host = bare.strip_prefix("https://").unwrap_or(bare);
    let host = host.strip_prefix("*.").unwrap_or(host);
    let names = host.contains('.') || bare.contains("://") || bare.starts_with('/');
    if names && !Cloud::ALL.into_iter().any(|cloud| cloud.has_host(host)) { "…" } else { word }
}

fn failures(report: &mut String, model: &Model) {
    if model.shown.failures.is_empty() {
        return;
    }
    report.push_str(page::OF_FAILURES);
    for failure in &model.shown.failures {
        // The kind of answer without its status.
        let kind = page::ANSWERS.get(failure.asked as usize).and_then(|kind| kind.split(',').next());
        report.extend(["  ", &failure.when.iso(), " ", kind.unwrap_or_default(), ": "]);
        match &failure.outcome {
            Ok(status) => report.extend([status.to_string().as_str(), " ", &failure.code]),
            Err(why) => report.push_str(page::unreachable(why)),
        }
        for (name, id) in &failure.ids {
            report.extend(["\n    ", name, " ", id]);
        }
        report.push('\n');
    }
}
