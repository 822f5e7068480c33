//! A restore by curl, with a token of the Azure CLI's.

use super::{Restore, Script};

/// Checks and starts a restore: two requests, each followed to its end as Azure says.
///
/// A post is never repeated. The token goes from one program to the other, to this cloud's Azure Resource Manager and
/// nowhere else: an address in an answer is held to its host.
pub(super) fn restore(this: &Restore<'_>) -> Script {
    let host = ["https://", this.arm.cloud.arm_host(), "/"].concat();
    let vault = [host.trim_end_matches('/'), &this.instance.vault.path()].concat();
    let version = this.arm.api.as_str();
    Script {
        start: [
            "vault='",
            &vault,
            "'\nrequest=$(cat <<'JSON'\n",
            &this.body,
            "\nJSON\n)\n\
             # Asks Azure. Neither the list of processes nor the history shows the token.\n\
             arm() {\n  \
             printf 'header = \"Authorization: Bearer %s\"\\n' \\\n    \
             \"$(az account get-access-token --subscription ",
            this.instance.vault.subscription.as_str(),
            " --resource ",
            &host,
            " --query accessToken --output tsv)\" |\n    \
             curl --config - --silent --show-error --fail-with-body --dump-header - \"$@\"\n\
             }\n\
             # A header, and a text, of the last answer.\n\
             header() { printf '%s\\n' \"$answer\" | tr -d '\\r' | awk -v name=\"$1:\" 'tolower($1) == name { print $2; exit }'; }\n\
             member() { printf '%s\\n' \"$answer\" | grep -o \"\\\"$1\\\" *: *\\\"[^\\\"]*\\\"\" | head -n 1 | cut -d '\"' -f 4; }\n\
             # Whether it has ended: a status says so, or an answer without one that is no 202.\n\
             ended() {\n  \
             case $(member status) in\n    \
             Succeeded | Failed | Canceled) ;;\n    \
             '') [ \"$(printf '%s\\n' \"$answer\" | awk '/^HTTP/ { code = $2 } END { print code + 0 }')\" != 202 ] ;;\n    \
             *) false ;;\n  \
             esac\n\
             }\n\
             # Posts once, then asks as often as Azure says.\n\
             post() {\n  \
             local url next pause=10\n  \
             answer=$(arm --header 'Content-Type: application/json' --data \"$2\" \\\n    \
             \"$vault/backupInstances/",
            this.instance.name.as_str(),
            "/$1?api-version=",
            version,
            "\") || { printf '%s\\n' \"$answer\"; return 1; }\n  \
             url=$(header azure-asyncoperation)\n  \
             url=${url:-$(header location)}\n  \
             until printf '%s\\n' \"$answer\"; ended; do\n    \
             [[ $url == ",
            &host,
            "* ]] || return\n    \
             next=$(header retry-after)\n    \
             pause=${next:-$pause}\n    \
             sleep \"$pause\" || return\n    \
             answer=$(arm \"$url\") || { printf '%s\\n' \"$answer\"; return 1; }\n  \
             done\n  \
             case $(member status) in Failed | Canceled) return 1 ;; esac\n\
             }\n\
             post validateRestore \"{\\\"restoreRequestObject\\\":$request}\" &&\n  \
             post restore \"$request\" &&\n  \
             job=$(member jobId) && [ -n \"$job\" ] && echo \"$job\"",
        ]
        .concat(),
        follow: [
            "while answer=$(arm \"$vault/backupJobs/${job##*/}?api-version=",
            version,
            "\") &&\n  [ \"$(member status)\" = InProgress ]; do sleep 30; done\nprintf '%s\\n' \"$answer\"",
        ]
        .concat(),
    }
}
