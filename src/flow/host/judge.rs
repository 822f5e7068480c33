//! What the answers of a host protect from, a line for each protection. A page holds most of them by itself as well; what
//! a header adds is said with each (`words`).

use super::{File, Host};
use crate::azure::cloud::Cloud;
use crate::azure::http::Response;

/// What a line is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// The connection is encrypted.
    Encrypted,
    /// No other page shows this one in a frame now.
    Unframed,
    /// No other page shares its origin, and with it what the browser keeps.
    Origin,
    /// Content-Security-Policy, as a header.
    Policy,
    /// No other page may show this one in a frame.
    Framing,
    /// Referrer-Policy.
    Referrer,
    /// X-Content-Type-Options.
    Sniffing,
    /// Cross-Origin-Opener-Policy.
    Opener,
    /// Cross-Origin-Resource-Policy.
    Resources,
    /// Permissions-Policy.
    Permissions,
    /// Strict-Transport-Security.
    Transport,
    /// The page and the configuration are asked for anew each time.
    Fresh,
    /// A file with a hash in its name is kept.
    Lasting,
    /// The type of the WebAssembly.
    Type,
    /// A file that is not there is told to be not there.
    Absent,
}

impl Topic {
    const ALL: [Topic; 15] = [
        Topic::Encrypted,
        Topic::Unframed,
        Topic::Origin,
        Topic::Policy,
        Topic::Framing,
        Topic::Referrer,
        Topic::Sniffing,
        Topic::Opener,
        Topic::Resources,
        Topic::Permissions,
        Topic::Transport,
        Topic::Fresh,
        Topic::Lasting,
        Topic::Type,
        Topic::Absent,
    ];
}

/// What is thought of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The host gives it.
    Fine,
    /// It does not, or not whole.
    Weak,
    /// It does not, and something does not work, or is not safe.
    Bad,
    /// It cannot be told from here.
    Unknown,
    /// The answer is on its way.
    Reading,
}

/// Why, where there is more to say than that it is there or is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// There is not.
    Plain,
    /// Nothing leaves this computer.
    ThisComputer,
    /// The policy keeps the program from this host of its cloud.
    Blocks(&'static str),
    /// The policy admits scripts or styles that the page does not have.
    Loose,
    /// The policy admits hosts that the cloud does not need.
    Wide,
    /// All pages of an account share one origin here.
    Shared,
    /// It stands below the root of its origin.
    BelowRoot,
    /// It is kept for so many seconds without being asked for.
    Keeps(i64),
    /// Nothing says for how long it is kept.
    Unsaid,
    /// The answer has this status.
    Status(u16),
    /// A page came in place of the file.
    Page,
}

/// A line: what was found about one protection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it is about.
    pub topic: Topic,
    /// What is thought of it.
    pub verdict: Verdict,
    /// Why.
    pub why: Why,
}

/// Where the page stands.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    /// Its own folder.
    pub folder: &'a str,
    /// Whether another page shows it in a frame.
    pub framed: bool,
    /// Whether the browser does not call it secure.
    pub insecure: bool,
    /// Its cloud, where that is known.
    pub cloud: Option<Cloud>,
}

/// The directive that stands in for those of sources that a policy does not have.
const DEFAULT: &str = "default-src";
/// Browsers, and what stands between, may keep the page for so many seconds: nobody waits longer for an upgrade.
const FRESH: i64 = 60;
/// A page that is kept for longer outlives the files that it names.
const STALE: i64 = 86_400;
/// A file with a hash is to be kept at least for so long: thirty days.
const LASTING: i64 = 30 * 86_400;

const FINE: (Verdict, Why) = (Verdict::Fine, Why::Plain);
const MISSING: (Verdict, Why) = (Verdict::Weak, Why::Plain);

impl Host {
    /// The lines, in the order in which they are told.
    pub fn lines(&self, setting: &Setting<'_>) -> Vec<Line> {
        let mut lines = Vec::new();
        for topic in Topic::ALL {
            // Over http there is nothing that a browser could be told to keep to.
            if topic != Topic::Transport || setting.folder.starts_with("https:") {
                let (verdict, why) = self.judge(topic, setting);
                lines.push(Line { topic, verdict, why });
            }
        }
        lines
    }

    fn judge(&self, topic: Topic, setting: &Setting<'_>) -> (Verdict, Why) {
        let file = match topic {
            Topic::Encrypted if setting.insecure => return (Verdict::Bad, Why::Plain),
            Topic::Encrypted if setting.folder.starts_with("https:") => return FINE,
            Topic::Encrypted => return (Verdict::Fine, Why::ThisComputer),
            Topic::Unframed => return if setting.framed { (Verdict::Bad, Why::Plain) } else { FINE },
            Topic::Origin => return origin(setting.folder),
            Topic::Lasting | Topic::Type => File::Program,
            Topic::Absent => File::Absent,
            _ => File::Page,
        };
        let response = match self.answer(file) {
            None if self.is_asking() => return (Verdict::Reading, Why::Plain),
            None | Some(Err(_)) => return (Verdict::Unknown, Why::Plain),
            Some(Ok(response)) => response,
        };
        let status = response.status;
        match topic {
            Topic::Absent if matches!(status, 404 | 410) => return FINE,
            Topic::Absent if response.is_success() => return (Verdict::Weak, Why::Page),
            Topic::Absent => return (Verdict::Weak, Why::Status(status)),
            _ if !response.is_success() => return (Verdict::Unknown, Why::Status(status)),
            Topic::Policy => return policy(response, setting.cloud),
            Topic::Fresh => return self.fresh(response),
            Topic::Lasting => {
                return match kept(response) {
                    Some(LASTING..) => FINE,
                    Some(seconds) => (Verdict::Weak, Why::Keeps(seconds)),
                    None => (Verdict::Weak, Why::Unsaid),
                };
            }
            _ => {}
        }
        let there = match topic {
            Topic::Framing => unframeable(response),
            // Of several the last one counts that a browser knows.
            Topic::Referrer => says(response, "referrer-policy", &["no-referrer", "same-origin"]),
            Topic::Sniffing => says(response, "x-content-type-options", &["nosniff"]),
            Topic::Opener => says(response, "cross-origin-opener-policy", &["same-origin"]),
            Topic::Resources => says(response, "cross-origin-resource-policy", &["same-origin"]),
            Topic::Permissions => response.header("permissions-policy").is_some_and(|value| !value.trim().is_empty()),
            Topic::Transport => seconds(response, "strict-transport-security").is_some_and(|seconds| seconds > 0),
            _ => says(response, "content-type", &["application/wasm"]),
        };
        if there { FINE } else { MISSING }
    }

    /// Whether an upgrade, or a change of the configuration, is seen at once.
    fn fresh(&self, page: &Response) -> (Verdict, Why) {
        let config = self.answer(File::Config).and_then(|answer| answer.as_ref().ok());
        let mut longest = 0;
        for response in std::iter::once(page).chain(config.filter(|response| response.is_success())) {
            match kept(response) {
                Some(seconds) => longest = longest.max(seconds),
                None => return (Verdict::Weak, Why::Unsaid),
            }
        }
        match longest {
            ..=FRESH => FINE,
            STALE.. => (Verdict::Bad, Why::Keeps(longest)),
            _ => (Verdict::Weak, Why::Keeps(longest)),
        }
    }
}

/// Whether all pages of an account have one origin at this host: on GitHub Pages its projects differ in their path alone.
pub fn shared(host: &str) -> bool {
    let name = host.split(['/', ':']).next().unwrap_or_default();
    name.ends_with(".github.io")
}

/// Whether the page has its origin for itself.
fn origin(folder: &str) -> (Verdict, Why) {
    let address = folder.split_once("://").map_or(folder, |(_, address)| address);
    let (host, path) = address.split_once('/').unwrap_or((address, ""));
    match () {
        () if shared(host) => (Verdict::Weak, Why::Shared),
        () if !path.is_empty() => (Verdict::Weak, Why::BelowRoot),
        () => FINE,
    }
}

/// Whether a header's last value begins with one of these words.
fn says(response: &Response, name: &str, wanted: &[&str]) -> bool {
    let value = response.header(name).and_then(|value| value.rsplit(',').next()).unwrap_or_default();
    let word = value.split(';').next().unwrap_or_default().trim();
    wanted.iter().any(|wanted| word.eq_ignore_ascii_case(wanted))
}

/// The `max-age` of a header.
fn seconds(response: &Response, name: &str) -> Option<i64> {
    let mut parts = response.header(name)?.split([',', ';']).map(str::trim);
    parts.find_map(|part| part.to_ascii_lowercase().strip_prefix("max-age=")?.trim_matches('"').parse().ok())
}

/// For how many seconds an answer is used again without a question; nothing where that is not said.
fn kept(response: &Response) -> Option<i64> {
    let mut said = response.header("cache-control").unwrap_or_default().split(',').map(str::trim);
    let asked = said.any(|word| word.eq_ignore_ascii_case("no-cache") || word.eq_ignore_ascii_case("no-store"));
    if asked { Some(0) } else { seconds(response, "cache-control") }
}

/// Whether a header keeps other pages from showing this one. Where a policy speaks of it, the older header counts no more.
fn unframeable(response: &Response) -> bool {
    let mut said = false;
    for policy in policies(response) {
        if let Some(sources) = directive(policy, "frame-ancestors") {
            if sources.iter().all(|source| matches!(*source, "'none'" | "'self'")) {
                return true;
            }
            said = true;
        }
    }
    !said && says(response, "x-frame-options", &["deny", "sameorigin"])
}

/// Several policies may come as one header, with commas between: all of them hold.
fn policies(response: &Response) -> Vec<&str> {
    let header = response.header("content-security-policy").unwrap_or_default();
    header.split(',').filter(|policy| !policy.trim().is_empty()).collect()
}

/// The sources of a directive, or of the one that stands in for it.
#[inline(never)]
fn directive<'a>(policy: &'a str, name: &str) -> Option<Vec<&'a str>> {
    for directive in policy.split(';') {
        let mut words = directive.split_ascii_whitespace();
        if words.next().is_some_and(|word| word.eq_ignore_ascii_case(name)) {
            return Some(words.collect());
        }
    }
    if name.ends_with("-src") && name != DEFAULT { directive(policy, DEFAULT) } else { None }
}

/// What is thought of the header, the worst first.
fn policy(response: &Response, cloud: Option<Cloud>) -> (Verdict, Why) {
    let policies = policies(response);
    if policies.is_empty() {
        return MISSING;
    }
    let (mut strict, mut narrow) = (false, false);
    for policy in policies {
        let connects = directive(policy, "connect-src");
        for host in cloud.into_iter().flat_map(|cloud| [cloud.login_host(), cloud.arm_host()]) {
            if let Some(sources) = &connects
                && !sources.iter().any(|source| admits(source, host))
            {
                return (Verdict::Bad, Why::Blocks(host));
            }
        }
        strict |= ["script-src", "style-src"]
            .iter()
            .all(|name| directive(policy, name).is_some_and(|sources| sources.iter().all(|source| is_strict(source))));
        narrow |= connects.is_some_and(|sources| sources.iter().all(|source| is_needed(source, cloud)));
    }
    match (strict, narrow) {
        (true, true) => FINE,
        (true, false) => (Verdict::Weak, Why::Wide),
        (false, _) => (Verdict::Weak, Why::Loose),
    }
}

/// Whether a source admits a host over https.
fn admits(source: &str, host: &str) -> bool {
    let named = source.strip_prefix("https://").unwrap_or(source);
    let below = |suffix: &str| host.strip_suffix(suffix).is_some_and(|left| left.ends_with('.'));
    matches!(source, "*" | "https:") || named == host || named.strip_prefix("*.").is_some_and(below)
}

/// Whether a source is one that this program needs: its own host, and those of its cloud. Where that is not known, of any.
fn is_needed(source: &str, cloud: Option<Cloud>) -> bool {
    let host = source.strip_prefix("https://").unwrap_or(source);
    let host = host.strip_prefix("*.").unwrap_or(host);
    let of = |known: Cloud| cloud.is_none_or(|cloud| cloud == known) && known.has_host(host);
    matches!(source, "'self'" | "'none'") || Cloud::ALL.into_iter().any(of)
}

/// Whether a source of scripts or styles admits no more than the page's own rules do: its own files, and what is named by
/// its digest.
fn is_strict(source: &str) -> bool {
    matches!(source, "'self'" | "'none'" | "'wasm-unsafe-eval'" | "'report-sample'") || source.starts_with("'sha")
}
