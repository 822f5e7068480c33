//! Sentences that count, or that name what Azure may leave out; commands to be copied.

use pgflex_restore::words::page::{not_a_restore, others, reading, register};
use std::process::Command;

#[test]
fn one_backup_of_another_kind_is_one() {
    assert_eq!(others(1), "1 backup of another kind (such as a disk or blobs) is not shown.");
    assert_eq!(others(2), "2 backups of other kinds (such as disks or blobs) are not shown.");
}

#[test]
fn a_list_on_its_way_says_how_much_of_it_there_is() {
    assert_eq!(reading("recovery points", 0), "Reading recovery points…");
    assert_eq!(reading("recovery points", 1), "Reading recovery points… 1 so far.");
    assert_eq!(reading("recovery points", 1_200), "Reading recovery points… 1\u{202f}200 so far.");
}

#[test]
fn a_job_of_another_kind_is_called_as_azure_calls_it() {
    assert_eq!(not_a_restore("Backup"), "This job is not a restore: Backup");
    assert_eq!(not_a_restore("ConfigureProtection"), "This job is not a restore: ConfigureProtection");
    assert_eq!(not_a_restore(""), "This job is not a restore");
}

/// What `az rest` is called with where `az` knows Microsoft Graph under this address.
fn patched(graph: &str) -> Vec<String> {
    let az = r#"az() { case "$1 $2" in "cloud show") echo "$GRAPH_IS" ;; "ad app") [ "$3" != create ] || echo app-id ;; "rest "*) printf '%s\n' "$@" >&2 ;; esac; }"#;
    let script = format!("set -eu\n{az}\n{}", register("https://restore.contoso.com/it's/"));
    let ran = Command::new("bash").args(["-c", &script]).env("GRAPH_IS", graph).output().unwrap();
    assert!(ran.status.success(), "{ran:?}");
    assert_eq!(String::from_utf8(ran.stdout).unwrap(), "app-id\n", "the client id is what is printed");
    String::from_utf8(ran.stderr).unwrap().lines().map(str::to_string).collect()
}

#[test]
fn the_app_is_registered_at_the_graph_of_the_cloud_that_az_is_signed_in_to() {
    for (graph, host) in [
        ("https://graph.microsoft.com/", "https://graph.microsoft.com"),
        ("https://graph.microsoft.us/", "https://graph.microsoft.us"),
        ("https://microsoftgraph.chinacloudapi.cn", "https://microsoftgraph.chinacloudapi.cn"),
    ] {
        let called = patched(graph);
        assert!(called.contains(&format!("{host}/v1.0/applications(appId='app-id')")), "{called:?}");
        let body = r#"{"spa":{"redirectUris":["https://restore.contoso.com/it%27s/"]}}"#;
        assert!(called.contains(&body.to_string()), "{called:?}");
    }
}
