//! What this host protects, the versions in use, and the report for whoever helps.

use crate::azure::http::Unreachable;
use crate::flow::host::{File, Line, Topic, Verdict, Why};
use crate::moment::Span;
use crate::words::time::length;

pub const PROTECTS: &str = "What this host protects";
pub const ASKED: &str = "Asked of this host ";
pub const ASKING: &str = "Asking this host…";
pub const ASK_AGAIN: &str = "Ask again";
pub const SILENT: &str = "This host did not answer";
pub const SILENT_MORE: &str =
    "There is no network, or the host leads elsewhere first, as one that asks for a sign-in does.";
pub const IMPROVE: &str = "The release has a file for each common host and cloud that sets all of this: its folder hosts, explained in docs/hosting.md.";

pub const VERSIONS: &str = "Versions";
pub const PROGRAM: &str = "Program";
pub const COMMIT: &str = "commit ";
pub const MSAL: &str = "Sign-in (MSAL)";
pub const NOT_LOADED: &str = "not loaded";
pub const BROWSER: &str = "Browser";

pub const DIAGNOSTICS: &str = "For whoever helps you";
pub const DIAGNOSTICS_MORE: &str = "Versions, configuration, what this host and Azure’s answers look like, the last refusals. No name of a server, a vault, a container, a person or a host, no address, no token; of ids in the configuration the last four digits. The request ids are whole: by them Azure’s support finds a request.";
pub const THE_REPORT: &str = "the report";
pub const COPY_REPORT: &str = "Copy the report";
pub const READ_REPORT: &str = "What is in it";

/// What a line is about, and what that is good for.
pub fn protection(topic: Topic) -> (&'static str, &'static str) {
    match topic {
        Topic::Encrypted => ("Encrypted connection", "So that nobody on the way reads or changes this page."),
        Topic::Unframed => ("Not inside another page", "So that nobody has you press what you do not see."),
        Topic::Origin => {
            ("An origin of its own", "So that no other page reads what this one keeps in the browser, its token too.")
        }
        Topic::Policy => (
            "Content-Security-Policy",
            "So that only this page’s scripts run, and they reach only Azure. The page holds to that by itself too; the header begins before it is read, and narrows it to one cloud.",
        ),
        Topic::Framing => (
            "No framing",
            "So that no other page shows this one to have you press something. In a frame nothing is started in any case.",
        ),
        Topic::Referrer => {
            ("Referrer-Policy", "So that other sites do not learn this address. The page asks for that too.")
        }
        Topic::Sniffing => ("X-Content-Type-Options", "So that no file is run as what it is not."),
        Topic::Opener => {
            ("Cross-Origin-Opener-Policy", "So that a page that opened this one cannot control its window.")
        }
        Topic::Resources => {
            ("Cross-Origin-Resource-Policy", "So that no other site loads these files into its own pages.")
        }
        Topic::Permissions => ("Permissions-Policy", "So that camera, microphone and location stay off."),
        Topic::Transport => {
            ("Strict-Transport-Security", "So that the browser keeps to https here, whatever a link says.")
        }
        Topic::Fresh => ("index.html and config.json are never old", "So that an upgrade is there at the next visit."),
        Topic::Lasting => {
            ("Other files are kept", "So that a second visit starts at once: they never change. No matter of safety.")
        }
        Topic::Type => (
            "application/wasm",
            "So that old browsers start faster. Others load a copy that is compressed whatever the host does.",
        ),
        Topic::Absent => ("404 for a missing file", "So that a file missing after an upgrade is reported as missing."),
    }
}

/// The word at a line's end.
pub fn given(line: &Line) -> &'static str {
    match (line.verdict, line.why) {
        (Verdict::Fine, _) => "Yes",
        (Verdict::Weak, Why::Plain) => "Missing",
        (Verdict::Weak, _) => "Weak",
        (Verdict::Bad, _) => "No",
        (Verdict::Unknown, _) => "Not known",
        (Verdict::Reading, _) => "Asking",
    }
}

/// Why; empty where there is no more to say.
pub fn why(why: Why) -> String {
    let says = match why {
        Why::Plain => "",
        Why::ThisComputer => "By http, on this computer alone.",
        Why::Blocks(host) => {
            return format!(
                "It keeps this page from {host}, which it needs: take the file of this cloud, or correct cloud in config.json."
            );
        }
        Why::Loose => "It admits scripts or styles that this page does not have.",
        Why::Wide => "It admits hosts that this cloud does not need.",
        Why::Shared => "On github.io all pages of an account share one: give it a domain of its own.",
        Why::BelowRoot => "It is not at the root of its host. What else is there has to be as trusted as this page.",
        Why::Keeps(seconds) => return format!("Kept for {}.", length(Span::from_secs(seconds))),
        Why::Unsaid => "For how long is not said (Cache-Control): each browser guesses.",
        Why::Status(status) => return format!("Answered with {status}."),
        Why::Page => "Answered with a page: switch off the fallback of single-page apps.",
    };
    says.to_string()
}

/// A file of the host, in the report.
pub fn file(file: File) -> &'static str {
    match file {
        File::Page => "index.html",
        File::Config => "config.json",
        File::Program => "the program (.wasm)",
        File::Absent => "a file that is not there",
    }
}

/// Why there was no answer, in the report.
pub fn unreachable(why: &Unreachable) -> &'static str {
    match why {
        Unreachable::Offline => "offline",
        Unreachable::SignedOut(_) => "signed out, not sent",
        Unreachable::NoToken => "no token, not sent",
        Unreachable::Refused => "not sent",
        Unreachable::NoAnswer => "no answer",
        Unreachable::TooLong => "too long",
    }
}

/// The version of this program, and the commit that it was built from, where the build knows.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
pub const BUILT_FROM: Option<&str> = option_env!("PGFLEX_COMMIT");

pub const OF_HOST: &str = "\nThis host:\n";
pub const OF_CONFIG: &str = "\nConfiguration:\n";
pub const OF_FAILURES: &str = "\nLast refusals:\n";
pub const NOT_IN_USE: &str = "  not in use\n";
pub const OTHERS: &str = "others, by name: ";
pub const A_DOMAIN: &str = "a domain";
pub const ANY: &str = "any";
pub const SET: &str = "set";
pub const NOT_SET: &str = "not set";
pub const OF_TARGETS: &str = " of subscriptions and accounts";
