//! What a job's page says while it runs of how long that may take, and what comes after it: commands, a summary, a record.

use super::journey::{DRILLS, PRODUCTION, started, to_review, to_target};
use super::print;
use super::story::Story;
use expect_test::expect;
use pgflex_restore::app::Field;
use pgflex_restore::azure::http::Method;
use serde_json::Value;

const DONE: &str = "The files of psql-orders-prod are in the container";

/// A job of somebody else's that has come to its end.
const ANOTHER: &str = "#/demo/job?v=1&job=94b7d3e0-58c6-4a1f-8f29-0e6d71c3a5b8/rg-demo/bvault-demo-weu/89ddcdc2-f7b2-446a-ae5e-7e8cbc0fee56";

/// A restore that has come to its end.
fn done() -> Story {
    let mut story = Story::demo(PRODUCTION);
    started(&mut story);
    story.wait_for(DONE);
    story
}

/// What a press puts on the clipboard.
#[track_caller]
fn copied(story: &mut Story, label: &str) -> String {
    story.press(label);
    story.clipboard.take().expect("something is copied")
}

fn record(story: &mut Story) -> Value {
    serde_json::from_str(&copied(story, "Copy the record as JSON")).unwrap()
}

#[test]
fn how_long_restores_took_is_told_where_azure_has_told_it() {
    // Nobody has restored this one in the last two weeks.
    let mut story = Story::demo(PRODUCTION);
    started(&mut story);
    story.sees("Azure does not say how far it has got. Small servers take minutes, large ones hours.");
    story.wait_for(DONE);
    let lists = story.count(Method::Get, "/backupJobs");
    // The second restore knows how long the first one took, and how much it was. It asks for nothing that the first one
    // has not asked for.
    story.go(PRODUCTION);
    to_target(&mut story, "psql-orders-prod", 0);
    story.type_into(Field::Container, DRILLS);
    story.press("Review");
    story.wait_for("Check, then start");
    story.check();
    story.press("Start restore");
    story.wait_for("Azure Backup is writing the files");
    story.sees("The last restore of this server took 12 min 2 s, for 17.4 GiB.");
    story.does_not_see("Small servers");
    story.wait_for(DONE);
    assert_eq!(story.count(Method::Get, "/backupJobs"), 2 * lists);
}

#[test]
fn several_restores_are_told_by_the_shortest_and_the_longest() {
    let mut story = Story::demo(PRODUCTION);
    to_review(&mut story, "psql-catalog-prod", DRILLS);
    story.check();
    story.press("Start restore");
    story.wait_for("Azure Backup is writing the files");
    story.sees("The last 2 restores of this server took between ");
}

#[test]
fn what_loads_the_files_is_filled_in() {
    let mut story = done();
    let steps = |story: &Story| print::codes(&story.screen());
    assert!(steps(&story)[1].contains("TYPE_THE_SERVER_ABOVE"), "{:?}", steps(&story));
    story.type_into(Field::IntoServer, "psql-orders-drill");
    story.type_into(Field::IntoLogin, "pgadmin");
    story.type_into(Field::IntoDatabases, "orders, billing");
    // Whoever wants one table is led past what a whole database takes.
    story.sees("2. Roles");
    let before = print::headings(&story.screen());
    assert!(before.contains("2. Roles"), "{before}");
    story.type_into(Field::IntoTable, "sales.orders");
    let after = print::headings(&story.screen());
    assert!(!after.contains("2. Roles") && after.contains("Or only one table"), "{after}");
    assert!(!steps(&story).concat().contains("_ABOVE"));
    // What is folded is filled in as well: the roles stand behind the one table's commands.
    let mut steps = steps(&story);
    let roles = steps.iter().position(|text| text.contains("_roles.cleaned.sql")).unwrap();
    assert!(roles > 1, "{steps:?}");
    steps.swap(1, roles);
    let load = "PGSSLMODE=require createdb -h psql-orders-drill.postgres.database.azure.com -U pgadmin billing &&";
    assert_eq!(steps.iter().filter(|text| text.contains(load)).count(), 1);
    expect![[r#"
        az storage blob list --account-name stordersrestoreweu --container-name pg-restore-drills \
          --prefix orders-prod-20261109-q3b7zt --auth-mode login \
          --query '[].{file: name, bytes: properties.contentLength}' --output table
        ---
        az storage blob download --account-name stordersrestoreweu --container-name pg-restore-drills \
          --name orders-prod-20261109-q3b7zt_roles.sql \
          --file orders-prod-20261109-q3b7zt_roles.sql --auth-mode login --output none &&
        sed -E -e 's/ GRANTED BY .*;$/;/' \
          -e '/[ "](azure_superuser|azure_pg_admin|azuresu|replication)[ ";]/d' \
          -e '/^(CREATE|ALTER) ROLE "?pgadmin"?[ ;]/d' \
          -e '/^ALTER ROLE /s/ (NOSUPERUSER|NOREPLICATION|NOBYPASSRLS)//g' \
          orders-prod-20261109-q3b7zt_roles.sql > orders-prod-20261109-q3b7zt_roles.cleaned.sql &&
        PGSSLMODE=require psql -X -h psql-orders-drill.postgres.database.azure.com -U pgadmin \
          -d postgres -f orders-prod-20261109-q3b7zt_roles.cleaned.sql
        ---
        az storage blob download --account-name stordersrestoreweu --container-name pg-restore-drills \
          --name orders-prod-20261109-q3b7zt_database_billing.sql \
          --file orders-prod-20261109-q3b7zt_database_billing.sql --auth-mode login --output none &&
        pg_restore --list orders-prod-20261109-q3b7zt_database_billing.sql | \
          sed -nE 's/^[0-9]+; [0-9]+ [0-9]+ EXTENSION - ([^ ]+).*/\1/p'"#]]
    .assert_eq(&steps[..3].join("\n---\n"));
    story.sees("5. Create the database and load it");
    story.does_not_see("This is the server that was backed up");
    story.type_into(Field::IntoServer, "psql-orders-prod");
    story.sees("This is the server that was backed up");
}

#[test]
fn what_was_typed_for_the_files_of_one_job_is_not_for_those_of_another() {
    let mut story = done();
    story.type_into(Field::IntoServer, "psql-orders-drill");
    let here = story.model.link.as_ref().unwrap().print();
    story.go("#/demo/activity");
    story.go(&here);
    story.wait_for(DONE);
    assert!(print::codes(&story.screen()).concat().contains("psql-orders-drill"), "it stays for this job");
    story.go(ANOTHER);
    story.wait_for("The files of psql-orders-demo are in the container");
    let commands = print::codes(&story.screen()).concat();
    assert!(commands.contains("TYPE_THE_SERVER_ABOVE") && !commands.contains("psql-orders-drill"), "{commands}");
}

#[test]
fn what_cannot_be_put_into_a_command_is_told_beside_its_field() {
    let mut story = done();
    for (field, text, words) in [
        (Field::IntoServer, "psql;reboot", "This is not a server name or host"),
        (Field::IntoLogin, "a b", "A login name for these commands"),
        (Field::IntoDatabases, "orders, a=b", "One of these cannot be put into a command"),
        (Field::IntoTable, "sales.orders.x", "A table’s name for these commands"),
    ] {
        story.does_not_see(words);
        story.type_into(field, text);
        story.sees(words);
        assert!(!print::codes(&story.screen()).concat().contains(text), "{text}");
    }
}

#[test]
fn a_summary_of_what_was_restored_is_on_the_page_and_copied_by_a_press() {
    let mut story = done();
    let summary = copied(&mut story, "Copy the incident summary");
    assert!(print::codes(&story.screen()).contains(&summary), "what is copied is what is read");
    expect![[r#"
        ## Restore of psql-orders-prod, 2026-11-22

        - Simulated: neither the server nor the files exist
        - Result: Completed, 12 min 2 s, 17.4 GiB (18 734 611 748 bytes)
        - Point: 2026-11-09 23:05:03 UTC (`15d0a1b5072718f1e4284c7b80f08086`)
        - Not in the files: changes after 2026-11-09 23:05:03 UTC
        - Vault: bvault-prod-weu, resource group rg-backup-prod, subscription `6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05`
        - Files: `https://stordersrestoreweu.blob.core.windows.net/pg-restore-drills/orders-prod-20261109-q3b7zt_*`
        - Checked by Azure, which would accept it: 2026-11-22 02:12:43 UTC, took 42 s
        - Requested: 2026-11-22 02:12:43 UTC
        - Started: 2026-11-22 02:12:43 UTC
        - Ended: 2026-11-22 02:24:46 UTC
        - Job: `0a983149-2d5d-426d-a348-67cb1292b671`
        - Activity id: `5657d13d-e0cf-4829-acd1-b833948b55f6`
        - Request id: `446ed619-2ba6-4d3c-a81e-47eb34c1d6b6`
        - Recorded: with PG Flex Restore 0.1.0
    "#]]
    .assert_eq(&summary);
}

#[test]
fn the_record_is_the_one_of_its_document() {
    let mut story = done();
    let json = copied(&mut story, "Copy the record as JSON");
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/record.md");
    let page = std::fs::read_to_string(path).unwrap();
    let example = page.split("```json\n").nth(1).and_then(|rest| rest.split("\n```").next()).unwrap();
    assert_eq!(json, example, "docs/record.md has another example");
    // Every member has a line that says what it is, and nothing else has.
    let record: Value = serde_json::from_str(&json).unwrap();
    let told = |line: &&str| line.starts_with("| `");
    let described: Vec<&str> = page.lines().filter(told).filter_map(|line| line.split('`').nth(1)).collect();
    let members: Vec<&str> = record.as_object().unwrap().keys().map(String::as_str).collect();
    let sorted = |mut names: Vec<&str>| {
        names.sort_unstable();
        names.join(" ")
    };
    assert_eq!(sorted(described), sorted(members));
}

#[test]
fn a_record_names_who_started_it_only_where_the_page_knows() {
    let mut story = Story::signed_in(&PRODUCTION.replace("#/demo/", "#/"));
    started(&mut story);
    story.wait_for(DONE);
    let mine = record(&mut story);
    assert_eq!((&mine["startedBy"], &mine["cloud"]), (&"oncall-dba@contoso.com".into(), &"public".into()));
    assert!(copied(&mut story, "Copy the incident summary").contains("Started by: oncall-dba@contoso.com\n"));
    assert!(mine["checked"].is_string() && mine["request"].is_string());
    // After a reload the journal knows when it was sent; who did that nobody has kept.
    story.reload();
    story.wait_for(DONE);
    let later = record(&mut story);
    assert_eq!((&later["startedBy"], &later["checked"], &later["request"]), (&Value::Null, &Value::Null, &Value::Null));
    assert_eq!((&later["requested"], &later["recordedBy"]), (&mine["requested"], &"oncall-dba@contoso.com".into()));
    assert!(!story.journal.values().any(|row| row.contains("oncall-dba")), "nothing of it is stored");
    assert!(story.sent.iter().all(|request| !format!("{request:?}").contains("oncall-dba")));
}

#[test]
fn a_failure_has_a_record_as_well() {
    let mut story = super::drills::started("psql-job-fails");
    story.wait_for("The restore of psql-job-fails failed");
    let summary = copied(&mut story, "Copy the incident summary");
    assert!(summary.contains("- Result: Failed, ") && summary.contains("- Cause: "), "{summary}");
    assert!(summary.contains("- Files that may be left: `https://"), "{summary}");
    let record = record(&mut story);
    assert_eq!(record["outcome"], "Failed");
    assert!(!record["errors"].as_array().unwrap().is_empty());
    story.sees("Restore again with a new prefix");
}

#[test]
fn what_a_name_holds_means_nothing_to_markdown_and_hides_nothing() {
    let mut story = Story::demo(PRODUCTION);
    started(&mut story);
    story.after = Box::new(|request, outcome| {
        if let (true, Ok(response)) = (request.url.path().contains("/backupJobs/"), outcome) {
            let name = r#""dataSourceName":"a\u202eb\n# [x](https://elsewhere.example) `y`","#;
            response.body = response.body.replace("\"dataSourceName\":\"psql-orders-prod\",", name);
        }
    });
    story.wait_for("Copy the incident summary");
    let summary = copied(&mut story, "Copy the incident summary");
    let first = summary.lines().next().unwrap();
    assert_eq!(first, r"## Restore of a⟨U+202E⟩b \# \[x\](https://elsewhere.example) \`y\`, 2026-11-22");
    let json = copied(&mut story, "Copy the record as JSON");
    assert!(json.contains("a⟨U+202E⟩b\\n# [x]") && !json.contains('\u{202e}'), "{json}");
    assert!(serde_json::from_str::<Value>(&json).is_ok());
}
