//! Where real traffic is known not to be as the OpenAPI files say. An entry that neither the simulated Azure nor a
//! recording needs any more is told, so that it goes.

use super::hold::Finding;
use pgflex_restore::azure::http::Request;

/// A deviation: whose (`request`, `answer`), what (see [`Finding`]), of which operations (by how their names begin),
/// where (the end of a member's path; `*` for anywhere), and why it is one of life and not a mistake of ours.
pub struct Known {
    pub side: &'static str,
    pub what: &'static str,
    pub of: &'static str,
    pub at: &'static str,
    pub why: &'static str,
}

const fn answer(what: &'static str, of: &'static str, at: &'static str, why: &'static str) -> Known {
    Known { side: "answer", what, of, at, why }
}

const fn request(what: &'static str, of: &'static str, at: &'static str, why: &'static str) -> Known {
    Known { side: "request", what, of, at, why }
}

const SIGNED: &str = "recorded: the addresses of operations are signed";

const NO_ERROR: &str = "the file tells of no error at all";
const NO_FILE: &str = "there is no file of it at hand";
const PARSER: &str = "seen in Azure/aztfexport#485: texts and numbers, where the file has objects";

/// Every one.
pub const KNOWN: &[Known] = &[
    answer("null", "", "*", "recorded everywhere: null where there is nothing"),
    answer("unknown", "Jobs_", "properties.sourceDataStoreType", "recorded in every job"),
    answer("unknown", "Jobs_", "properties.isCrossRegionRestore", "recorded in every job"),
    answer(
        "enum",
        "BackupVaults_",
        "storageSettings[].type",
        "a vault is what it is, also under 2021-07-01, which knows two kinds",
    ),
    answer("unknown", "Subscriptions_List", "count", "so in captured answers: they are counted"),
    answer("required", "Subscriptions_List", "nextLink", "so in captured answers: none where there is no next page"),
    answer("status", "BlobContainers_Get", "404", NO_ERROR),
    answer("status", "BlobContainers_Get", "400", NO_ERROR),
    answer("status", "BlobContainers_List", "400", NO_ERROR),
    answer("status", "BlobContainers_Create", "400", NO_ERROR),
    answer("status", "BlobContainers_Create", "403", NO_ERROR),
    answer("status", "BlobContainers_Create", "404", NO_ERROR),
    answer("status", "StorageAccounts_GetProperties", "403", NO_ERROR),
    answer("status", "StorageAccounts_GetProperties", "404", NO_ERROR),
    answer("type", "Resources", "data", "recorded: rows, where the file has one object"),
    answer("type", "Resources", "error.details[].line", PARSER),
    answer("type", "Resources", "error.details[].characterPositionInLine", PARSER),
    answer("type", "Resources", "error.details[].token", PARSER),
    request("path", "GET Microsoft.Authorization/permissions", "", NO_FILE),
    request("path", "GET Microsoft.DBforPostgreSQL/flexibleServers", "", NO_FILE),
    request("query", "OperationStatus", "t", SIGNED),
    request("query", "OperationStatus", "c", SIGNED),
    request("query", "OperationStatus", "s", SIGNED),
    request("query", "OperationStatus", "h", SIGNED),
    request("query", "OperationResult_Get", "t", SIGNED),
    request("query", "OperationResult_Get", "c", SIGNED),
    request("query", "OperationResult_Get", "s", SIGNED),
    request("query", "OperationResult_Get", "h", SIGNED),
];

/// The entry that a finding is known by.
pub fn of(finding: &Finding) -> Option<usize> {
    KNOWN.iter().position(|known| {
        let ends = finding.at.strip_suffix(known.at).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
        known.side == finding.side
            && known.what == finding.what
            && finding.of.starts_with(known.of)
            && (known.at == "*" || ends)
    })
}

/// The servers whose answers are spoilt on purpose: bodies that Azure never sends (`docs/simulator.md`).
const SPOILT: [&str; 4] = ["psql-body-html", "psql-body-empty", "psql-body-truncated", "psql-body-mistyped"];

/// Whether what is asked is about one of them: then the answer may be anything.
pub fn is_spoilt(request: &Request) -> bool {
    SPOILT.iter().any(|server| request.url.path().contains(server))
}
