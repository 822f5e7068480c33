//! The diagnostics of the page about this host: which response headers this browser shows.

use super::make::{Put, check};
use super::{Block, Tone, plain};
use crate::app::{Answer, Model};
use crate::words::page;

const WHERE: &str = "azure-asyncoperation, location";
const WAIT: &str = "retry-after";

/// What this program needs of which answers, any one of a row, and what happens where all of it is hidden.
const NEEDED: [(Answer, &str, &str); 6] = [
    (Answer::Check, WHERE, page::CHECK_UNSEEN),
    (Answer::Restore, WHERE, page::FOUND_BY_PREFIX),
    (Answer::Check, WAIT, page::WAIT_UNKNOWN),
    (Answer::Restore, WAIT, page::WAIT_UNKNOWN),
    (Answer::Throttled, WAIT, page::WAIT_UNKNOWN),
    (Answer::SignIn, "www-authenticate", page::PROOF_UNKNOWN),
];

/// The section: what is missing and what that means. All names by kind of answer go into the report.
pub(super) fn shown(blocks: &mut Vec<Block>, model: &Model, report: &mut String) {
    let mut checks = Vec::new();
    let mut state = page::NOTHING_ASKED;
    for (answer, kind) in Answer::ALL.into_iter().zip(page::ANSWERS) {
        let names = model.shown.names(answer);
        if names.is_empty() {
            continue;
        }
        state = page::SHOWN_MORE;
        report.extend(["\n", kind, ":\n", names]);
        for (of, needed, otherwise) in NEEDED {
            let there = |name: &str| names.contains(&["  ", name, "\n"].concat());
            if of == answer && !needed.split(", ").any(there) {
                report.extend(["  ", page::HIDDEN, needed, "\n"]);
                let word = [kind, ", ", page::HIDDEN, needed].concat();
                check(&mut checks, Tone::Warn, plain(otherwise), plain(&word), Vec::new());
            }
        }
    }
    let mut body = Vec::new();
    body.says(state);
    if !checks.is_empty() {
        body.put(Block::Checks(checks));
    }
    blocks.section("shown", page::SHOWN, body);
}
