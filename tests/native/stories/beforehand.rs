//! Will it work? What the review knows before Azure is asked to check, and how what is missing is mended.

use super::journey::{DRILLS, PRODUCTION, to_review, to_target};
use super::story::{CONFIG, Story, person};
use expect_test::expect;
use pgflex_restore::app::{Event, Field, Session};
use pgflex_restore::azure::http::{Method, Request, Response, Unreachable};
use pgflex_restore::screen::Span;

const DEMO: &str = "94b7d3e0-58c6-4a1f-8f29-0e6d71c3a5b8";

/// The list of a vault of the drills.
fn vault(name: &str) -> String {
    format!("#/demo/find?v=1&vault={DEMO}/rg-demo/{name}")
}

/// The resource id of a container in an account of the drills.
fn container(account: &str, name: &str) -> String {
    container_in("rg-demo", account, name)
}

fn container_in(group: &str, account: &str, name: &str) -> String {
    format!(
        "/subscriptions/{DEMO}/resourceGroups/{group}/providers/Microsoft.Storage/storageAccounts/{account}/blobServices/default/containers/{name}"
    )
}

/// The review of a server of the drills and a container, all of it read.
fn reviewed(vault_name: &str, server: &str, container: &str) -> Story {
    let mut story = Story::demo(&vault(vault_name));
    to_review(&mut story, server, container);
    story.wait_for("Read from Azure");
    story
}

fn of_account(account: &str) -> Story {
    reviewed("bvault-demo-weu", "psql-orders-demo", &container(account, "drill"))
}

/// What the page says under "Will it work?", without what is fine.
fn lines(story: &Story) -> String {
    let text = story.text();
    let section = text.split("## Will it work?\n").nth(1).unwrap().split("\n~").next().unwrap();
    let told: Vec<&str> = section.lines().filter(|line| !line.ends_with(" OK")).collect();
    told.join("\n") + "\n"
}

#[test]
fn everything_is_known_beforehand_by_seven_requests_at_once_none_of_which_writes() {
    let mut story = Story::demo(&vault("bvault-demo-weu"));
    to_target(&mut story, "psql-orders-demo", 1);
    story.type_into(Field::Container, &container("stdemoweu", "drill-2026-11"));
    story.wait(5);
    let before = story.sent.len();
    story.press("Review");
    story.sees("Reading from Azure what can be known beforehand");
    assert_eq!(story.sent.len() - before, 7, "all at once");
    story.wait_for("Read from Azure");
    assert_eq!(story.sent.len() - before, 7);
    assert!(story.sent.iter().all(|r| r.method == Method::Get || r.url.path().ends_with("/resources")));
    assert!(lines(&story).contains("11 are fine"), "{}", lines(&story));
    assert!(story.is_at_rest());
}

#[test]
fn every_account_that_a_restore_would_fail_at_says_so_with_the_command_that_mends_it() {
    let mut told = String::new();
    for account in [
        "stnocrosstenant",
        "stprivateweu",
        "stfirewallweu",
        "stfirewallruleweu",
        "stanonymousweu",
        "stnograntweu",
        "stconditionweu",
        "stunreadableweu",
        "stpremiumneu",
        "streplicationweu",
        "stfirewallnotrustweu",
        "stperimeterweu",
        "stversionsweu",
        "stotherroleweu",
    ] {
        told += &format!("{account}\n{}", lines(&of_account(account)));
    }
    for name in ["worm", "held", "gone"] {
        let story = reviewed("bvault-demo-weu", "psql-orders-demo", &container("stimmutableweu", name));
        told += &format!("stimmutableweu/{name}\n{}", lines(&story));
    }
    let inherited = container_in("rg-demo-inherited", "stinheritedweu", "drill");
    told += &format!("stinheritedweu\n{}", lines(&reviewed("bvault-demo-weu", "psql-orders-demo", &inherited)));
    expect![[r#"
        stnocrosstenant
          1 will fail, 10 are fine. Read from Azure just now. [Read again]
          [Bad] The storage account does not allow cross-tenant replication / Azure Backup needs it to copy the files in. The storage account’s owner can allow it, and forbid it again after the restore. Will fail
            <the az command: 179 characters>
        stprivateweu
          1 will fail, 10 are fine. Read from Azure just now. [Read again]
          [Bad] Public network access to the storage account is off / Azure Backup cannot come in through a private endpoint. The storage account’s owner can turn it on for this vault alone, and off again after the restore. Will fail
            <the az command: 555 characters>
        stfirewallweu
          1 will fail, 10 are fine. Read from Azure just now. [Read again]
          [Bad] The storage account’s firewall does not let this vault in / It needs a rule for the vault (resource instances) and for trusted Azure services. The storage account’s owner can add both, and remove them again after the restore. Will fail
            <the az command: 363 characters>
        stfirewallruleweu
          11 are fine. Read from Azure just now. [Read again]
        stanonymousweu
          1 warning, 10 are fine. Read from Azure just now. [Read again]
          [Warn] Anybody can read what is in the container / Anonymous access is on. The files hold all of the databases: choose a private container, have its owner make it private, or make sure that this is intended. Warning
        stnograntweu
          1 will fail, 10 are fine. Read from Azure just now. [Read again]
          [Bad] The vault cannot write to the container / Its identity lacks Storage Blob Data Contributor there. Azure would refuse the restore. Will fail
            Who: The identity of the vault bvault-demo-weu, object 7ac02f95-e3d1-4860-a5b9-4d8f16e2c073
            Needs: Storage Blob Data Contributor
            Where: The container drill in stnograntweu
            <the az command: 355 characters>
            Your account is not allowed to assign roles there. Give this command to somebody who is, with one of these roles: Role Based Access Control Administrator, User Access Administrator or Owner.
        stconditionweu
          1 unknown, 10 are fine. Read from Azure just now. [Read again]
          [Plain] The vault’s role on the container has a condition / Whether a restore meets the condition cannot be seen from here. Azure’s own check will tell. Unknown
            Who: The identity of the vault bvault-demo-weu, object 7ac02f95-e3d1-4860-a5b9-4d8f16e2c073
            Needs: Storage Blob Data Contributor
            Where: The container drill in stconditionweu
            Whoever manages roles there can take the condition away, or assign the role on the storage account without one.
        stunreadableweu
          2 unknown, 6 are fine. Read from Azure just now. [Read again]
          [Plain] The vault’s role on the container / You are not allowed to read the role assignments of this container. Ask for Reader there. Without it nothing is known beforehand; Azure’s own check will tell. Unknown
          [Plain] The storage account: replication, network, anonymous access, region / You are not allowed to read this storage account. Ask its owner for Reader on the storage account, or type the container’s URL. Another of your accounts may have that role. Unknown
        stpremiumneu
          1 warning, 10 are fine. Read from Azure just now. [Read again]
          [Warn] The storage account is in a different region from the vault / North Europe, while the vault is in West Europe. The data leaves its region, which takes longer and is charged as data transfer. Warning
        streplicationweu
          1 unknown, 10 are fine. Read from Azure just now. [Read again]
          [Plain] Azure does not say whether the storage account allows cross-tenant replication / Azure Backup needs it. Storage accounts created since December 2023 do not allow it unless it was switched on. Unknown
            <the az command: 180 characters>
        stfirewallnotrustweu
          1 unknown, 10 are fine. Read from Azure just now. [Read again]
          [Plain] The storage account’s firewall has a rule for this vault, but not for trusted Azure services / Microsoft asks for both; the storage account’s owner can add them. Whether the rule alone is enough cannot be seen from here. Unknown
            <the az command: 540 characters>
        stperimeterweu
          1 unknown, 10 are fine. Read from Azure just now. [Read again]
          [Plain] A network security perimeter protects the storage account / Whether it lets Azure Backup in cannot be seen from here. Azure’s own check will tell. Unknown
        stversionsweu
          1 warning, 10 are fine. Read from Azure just now. [Read again]
          [Warn] An immutability policy applies to the container / What is written cannot be changed or deleted until the policy allows it, and a file that is written in parts may be refused. Warning
        stotherroleweu
          1 unknown, 10 are fine. Read from Azure just now. [Read again]
          [Plain] The vault has other roles on the container / None of them is Storage Blob Data Contributor or Storage Blob Data Owner. Whether they are enough cannot be seen from here. Unknown
            Who: The identity of the vault bvault-demo-weu, object 7ac02f95-e3d1-4860-a5b9-4d8f16e2c073
            Needs: Storage Blob Data Contributor
            Where: The container drill in stotherroleweu
            <the az command: 357 characters>
            [Assign the role !]
            You can assign roles there. A new role can take up to 30 minutes to work everywhere.
        stimmutableweu/worm
          1 warning, 10 are fine. Read from Azure just now. [Read again]
          [Warn] An immutability policy applies to the container / What is written cannot be changed or deleted until the policy allows it, and a file that is written in parts may be refused. Warning
        stimmutableweu/held
          1 warning, 10 are fine. Read from Azure just now. [Read again]
          [Warn] A legal hold is on the container / What is written cannot be changed or deleted until it is lifted, and a file that is written in parts may be refused. Warning
        stimmutableweu/gone
          1 will fail, 10 are fine. Read from Azure just now. [Read again]
          [Bad] The container does not exist / The storage account’s owner can create it, or you choose another one. Azure Backup does not create containers. Will fail
            <the az command: 168 characters>
            [Choose another target →]
        stinheritedweu
          11 are fine. Read from Azure just now. [Read again]
    "#]].assert_eq(&told);
}

#[test]
fn every_vault_and_server_that_a_restore_would_fail_at_says_so() {
    let mut told = String::new();
    let drill = container("stdemoweu", "drill-2026-11");
    for (name, server) in [
        ("bvault-demo-role-missing", "psql-ledger-demo"),
        ("bvault-demo-reader", "psql-read-only"),
        ("bvault-demo-guarded", "psql-guarded"),
        ("bvault-demo-start", "psql-restore-running"),
        ("bvault-demo-start", "psql-restored-today"),
        ("bvault-demo-start", "psql-not-restorable"),
        ("bvault-demo-no-identity", "psql-no-identity"),
    ] {
        let mut story = Story::demo(&vault(name));
        to_target(&mut story, server, 0);
        story.type_into(Field::Container, &drill);
        story.press("Review");
        story.wait_for("Read from Azure");
        told += &format!("{server}\n{}", lines(&story));
    }
    let mut story = Story::demo(&vault("bvault-demo-forever"));
    to_review(&mut story, "psql-forever", DRILLS);
    story.wait_for("Read from Azure");
    told += &format!("psql-forever\n{}", lines(&story));
    let platform = "#/demo/find?v=1&vault=b81c4e7d-0a52-4d39-8e16-95f3c2a7d640/rg-platform-weu/bvault-platform-weu";
    let mut story = Story::demo(platform);
    to_review(&mut story, "psql-gitea", &drill);
    story.wait_for("Read from Azure");
    told += &format!("psql-gitea\n{}", lines(&story));
    expect![[r#"
        psql-ledger-demo
          1 will fail, 10 are fine. Read from Azure just now. [Read again]
          [Bad] The vault cannot write to the container / Its identity lacks Storage Blob Data Contributor there. Azure would refuse the restore. Will fail
            Who: The identity of the vault bvault-demo-role-missing, object 2f81d6b0-5a94-4e3c-9d07-c8e4b1a5f362
            Needs: Storage Blob Data Contributor
            Where: The container drill-2026-11 in stdemoweu
            <the az command: 360 characters>
            [Assign the role !]
            You can assign roles there. A new role can take up to 30 minutes to work everywhere.
        psql-read-only
          1 will fail, 10 are fine. Read from Azure just now. [Read again]
          [Bad] You are not allowed to start restores of this server / Your account needs Backup Operator on the vault. Its owner can assign that. Will fail
        psql-guarded
          1 unknown, 10 are fine. Read from Azure just now. [Read again]
          [Plain] A Resource Guard protects the vault / If it covers restores, Azure wants the approval of the guard’s owner first. Its own check will tell. Unknown
        psql-restore-running
          1 warning, 10 are fine. Read from Azure just now. [Read again]
          [Warn] A restore of this server is running / Two at once slow each other down, and Azure may refuse the second. Warning
            [Show that job]
        psql-restored-today
          1 warning, 10 are fine. Read from Azure just now. [Read again]
          [Warn] This server was restored in the last 24 hours / Azure recommends one restore a day. A further one may fail. Warning
            It ended 2026-11-22 00:03:36 UTC (2 h ago). [Show that job]
        psql-not-restorable
          1 will fail, 10 are fine. Read from Azure just now. [Read again]
          [Bad] Azure does not allow a restore of this backup now / Restore is not among the operations that it allows. Look at the backup’s state in the vault. Will fail
        psql-no-identity
          1 will fail, 10 are fine. Read from Azure just now. [Read again]
          [Bad] The vault has no identity / Azure Backup writes with the vault’s identity. The vault’s owner can give it one; then it needs its role on the container. Will fail
            <the az command: 189 characters>
        psql-forever
          1 will fail, 10 are fine. Read from Azure just now. [Read again]
          [Bad] The container is in another subscription, which the vault forbids permanently / Its cross-subscription restore was switched off permanently, which nobody can undo. Choose a container in the vault’s subscription. Will fail
        psql-gitea
          1 will fail, 10 are fine. Read from Azure just now. [Read again]
          [Bad] The container is in another subscription, which the vault forbids / Its cross-subscription restore is switched off. Choose a container in the vault’s subscription, or have the vault’s owner allow it. Will fail
            <the az command: 214 characters>
    "#]].assert_eq(&told);
}

#[test]
fn the_missing_role_is_assigned_waited_for_and_then_the_restore_starts() {
    let mut story = reviewed("bvault-demo-role-missing", "psql-ledger-demo", &container("stdemoweu", "drill-2026-11"));
    story.sees("One thing will make it fail");
    story.sees("You can assign roles there");
    story.press("Assign the role");
    story.sees("Assigning the role");
    story.wait_for("Assigned ");
    story.sees("The vault’s role on the container is new");
    story.sees("Azure is asked to check again in ");
    // Four minutes until it works: Azure's own check is asked for meanwhile, and refuses.
    story.sees("Waiting until the role works");
    story.wait_for("Azure’s last check still found it missing");
    story.sees("Waiting until the role works");
    story.does_not_see("Azure would refuse it");
    story.sees("Azure is asked to check again in ");
    story.wait_for("Azure would accept it");
    story.sees("Azure’s own check has passed: it works already.");
    assert_eq!(story.sent.iter().filter(|r| r.method == Method::Put).count(), 1, "assigned once");
    assert_eq!(story.count(Method::Post, "/restore"), 0, "nothing starts by itself");
    assert!(story.is_at_rest(), "what works is not asked for again");
    story.press("Start restore");
    story.wait_for("Azure Backup is writing the files");
}

#[test]
fn the_same_assignment_has_the_same_name_each_time() {
    let put = |story: &Story| -> Option<(String, Option<String>)> {
        let put = story.sent.iter().rev().find(|r| r.method == Method::Put)?;
        Some((put.url.as_str().to_string(), put.body.clone()))
    };
    let mut names = Vec::new();
    for _ in 0..2 {
        let mut story =
            reviewed("bvault-demo-role-missing", "psql-ledger-demo", &container("stdemoweu", "drill-2026-11"));
        story.press("Assign the role");
        names.push(put(&story).unwrap());
    }
    assert_eq!(names[0], names[1]);
    assert!(names[0].1.as_deref().unwrap().contains("ba92f5b4-2d11-453d-a403-e96b0029c9fe"));
}

#[test]
fn who_may_not_assign_the_role_is_told_who_may_and_gets_the_command() {
    let story = of_account("stnograntweu");
    story.sees("Your account is not allowed to assign roles there. Give this command to somebody who is");
    assert!(story.button("Assign the role").is_none());
    story.sees("<the az command");
}

#[test]
fn an_administrator_can_switch_the_assignment_off() {
    let link = vault("bvault-demo-role-missing").replace("/demo", "");
    let mut story = Story::closed(&link);
    story.config = CONFIG.replace('}', r#","grantRoles":false}"#);
    story.start(person());
    to_review(&mut story, "psql-ledger-demo", &container("stdemoweu", "drill-2026-11"));
    story.wait_for("Read from Azure");
    story.sees("The vault cannot write to the container");
    story.sees("This page’s administrator has switched off assigning roles from here.");
    assert!(story.button("Assign the role").is_none());
    story.tell(Event::GrantPressed);
    assert!(story.sent.iter().all(|r| r.method != Method::Put), "whatever is pressed");
}

/// Whether a request assigns a role.
fn assigns(request: &Request) -> bool {
    request.method == Method::Put && request.url.path().contains("/roleAssignments/")
}

#[test]
fn an_assignment_that_got_no_answer_is_read_and_never_sent_again_by_itself() {
    let mut story = reviewed("bvault-demo-role-missing", "psql-ledger-demo", &container("stdemoweu", "drill-2026-11"));
    // Azure takes it; its answer is lost.
    story.after = Box::new(|request, outcome| {
        if assigns(request) {
            *outcome = Err(Unreachable::NoAnswer);
        }
    });
    story.press("Assign the role");
    story.wait_for("Azure did not answer");
    story.wait(60);
    assert_eq!(story.sent.iter().filter(|r| assigns(r)).count(), 1);
    assert!(story.sent.iter().rev().any(|r| r.url.path().ends_with("/roleAssignments")), "it is read");
    // Pressed again, it is the same assignment.
    story.after = Box::new(|_, _| ());
    if story.button("Assign the role").is_some() {
        story.press("Assign the role");
    }
}

#[test]
fn a_wait_that_a_lapsed_sign_in_has_ended_is_not_shown_as_going_on() {
    let mut story = reviewed("bvault-demo-role-missing", "psql-ledger-demo", &container("stdemoweu", "drill-2026-11"));
    story.press("Assign the role");
    story.wait_for("Waiting until the role works");
    story.between = Box::new(|_, request| {
        request.url.path().ends_with("/validateRestore").then(|| Err(Unreachable::SignedOut("AADSTS50078".into())))
    });
    story.wait(1200);
    story.sees("Your sign-in has ended");
    story.does_not_see("Waiting until the role works");
    story.sees("Check with Azure to see whether it does.");
    assert!(story.is_at_rest());
}

#[test]
fn an_assignment_that_azure_refuses_says_why() {
    let mut story = reviewed("bvault-demo-role-missing", "psql-ledger-demo", &container("stdemoweu", "drill-2026-11"));
    story.between = Box::new(|_, request| {
        let body = r#"{"error":{"code":"AuthorizationFailed","message":"The client does not have authorization."}}"#;
        assigns(request).then(|| Ok(Response { status: 403, headers: vec![], body: body.into() }))
    });
    story.press("Assign the role");
    story.wait_for("You are not allowed to assign roles on this container");
    story.sees("The vault cannot write to the container");
    assert!(story.button("Assign the role").is_some(), "it can be pressed again");
}

#[test]
fn who_leaves_the_review_has_nothing_checked_behind_their_back() {
    let mut story = reviewed("bvault-demo-role-missing", "psql-ledger-demo", &container("stdemoweu", "drill-2026-11"));
    story.press("Assign the role");
    story.wait_for("Assigned ");
    story.back();
    story.wait(1800);
    assert_eq!(story.count(Method::Post, "/validateRestore"), 0);
    assert!(story.is_at_rest());
    // Back on the review it goes on, for as long as the role may be new.
    let mut story = reviewed("bvault-demo-role-missing", "psql-ledger-demo", &container("stdemoweu", "drill-2026-11"));
    story.press("Assign the role");
    story.wait_for("Assigned ");
    let review = story.address().to_string();
    story.back();
    story.wait(5);
    story.go(&review);
    story.wait_for("Azure would accept it");
    assert_eq!(story.sent.iter().filter(|r| assigns(r)).count(), 1);
}

#[test]
fn azures_refusal_stands_beside_the_line_that_it_is_about() {
    let mut story = of_account("stnocrosstenant");
    story.press("Check with Azure");
    story.wait_for("Azure refuses");
    let told = lines(&story);
    let line = told.split("\n  [").find(|line| line.contains("Azure refuses")).unwrap();
    assert!(line.contains("The storage account does not allow cross-tenant replication"), "{line}");
    assert!(line.contains("UserErrorCrossTenantReplicationNotAllowed"), "{line}");
}

#[test]
fn what_is_read_beforehand_and_fails_takes_away_nothing_else() {
    for ending in ["/permissions", "/backupJobs", "/resources", "/roleAssignments", "/drill-2026-11", "/stdemoweu"] {
        for outcome in [Err(Unreachable::NoAnswer), Ok(Response { status: 403, headers: vec![], body: String::new() })]
        {
            let mut story = Story::demo(&vault("bvault-demo-weu"));
            story.between = Box::new(move |_, request| request.url.path().ends_with(ending).then(|| outcome.clone()));
            to_review(&mut story, "psql-orders-demo", &container("stdemoweu", "drill-2026-11"));
            story.wait_for("Read from Azure");
            // Where the resource graph says nothing, the backup's own state does.
            assert_eq!(story.text().contains("Unknown"), ending != "/resources", "{ending}");
            story.sees("Vault and container are in the same subscription OK");
            story.between = Box::new(|_, _| None);
            story.check();
            story.tell(Event::ReadAgainPressed);
            story.wait_for("11 are fine");
        }
    }
}

#[test]
fn a_target_that_is_changed_is_looked_into_anew() {
    let mut story = of_account("stnocrosstenant");
    story.sees("The storage account does not allow cross-tenant replication");
    story.back();
    story.type_into(Field::Container, DRILLS);
    story.press("Review");
    story.wait_for("Read from Azure");
    story.does_not_see("The storage account does not allow cross-tenant replication");
}

/// Opens the points of a server and chooses one, the newest being 0.
fn chosen(link: &str, server: &str, row: usize) -> Story {
    let mut story = Story::demo(link);
    story.wait_for(server);
    story.follow(server);
    story.wait_for("latest");
    story.choose(row);
    story.wait(3);
    story
}

#[test]
fn a_moment_that_the_server_reaches_by_itself_is_offered_with_the_command() {
    let story = chosen(PRODUCTION, "psql-orders-prod", 0);
    story.sees("Do you need a later moment than this point?");
    story.sees("It can go back to any moment since 2026-11-08 02:12");
    // The newest point is younger than what the server keeps: the command begins with it.
    let command = commands(&story);
    assert_eq!(
        command,
        ["az postgres flexible-server restore \\
  --subscription 6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05 \\
  --resource-group rg-orders-prod \\
  --source-server psql-orders-prod \\
  --name psql-orders-prod-restored \\
  --restore-time 2026-11-16T23:02:47Z"]
    );
    // A point of long ago: whatever is wished is in none of the server's own backups.
    let story = chosen(PRODUCTION, "psql-orders-prod", 5);
    story.does_not_see("Do you need a later moment than this point?");
}

#[test]
fn a_server_that_is_gone_or_may_not_be_read_offers_nothing_of_its_own() {
    let story = chosen(PRODUCTION, "psql-orders-2024", 0);
    story.sees("The server no longer exists; its backups can be restored");
    story.does_not_see("Do you need a later moment than this point?");
    let story = chosen(&vault("bvault-demo-weu"), "psql-server-forbidden", 0);
    story.does_not_see("The server no longer exists");
    story.does_not_see("Do you need a later moment than this point?");
    story.does_not_see("You are not allowed to read this server");
}

/// The commands on the page.
fn commands(story: &Story) -> Vec<String> {
    super::print::blocks(&story.screen())
        .into_iter()
        .filter_map(|block| match block {
            pgflex_restore::screen::Block::Code { text, .. } => Some(text),
            _ => None,
        })
        .collect()
}

#[test]
fn the_page_about_this_host_tells_what_is_switched_off() {
    let mut story = Story::closed("#/about");
    story.config = CONFIG.replace('}', r#","grantRoles":false,"createContainers":false,"targets":["stdemoweu"]}"#);
    story.start(person());
    story.sees("roles are not assigned (grantRoles), containers are not created (createContainers)");
    story.sees("Files may go to");
    story.sees("stdemoweu");
}

#[test]
fn where_people_ask_for_help_stands_at_the_foot_of_each_page_and_where_a_sign_in_fails() {
    let foot = |story: &Story| story.screen().frame.foot.1;
    let mut bare = Story::closed("#/about");
    bare.start(person());
    let with = |keys: &str| {
        let mut story = Story::closed("#/find");
        story.config = CONFIG.replace('}', &format!(",{keys}}}"));
        story.start(Session::Failed { code: "AADSTS65004".into(), message: String::new() });
        story
    };
    let text = with(r#""supportText":"Call 4711""#);
    assert_eq!(foot(&text).first(), Some(&Span::Text("Call 4711".into())));
    assert_eq!(foot(&text).get(2..), Some(&*foot(&bare)), "the rest stays");
    text.sees("Call 4711");
    let (words, href) = ("Ask the DBAs".to_string(), "https://wiki.contoso.com/restore".to_string());
    let both = with(r#""supportText":"Ask the DBAs","supportUrl":"https://wiki.contoso.com/restore""#);
    assert_eq!(foot(&both).first(), Some(&Span::Out { text: words, href: href.clone() }));
    let url = with(r#""supportUrl":"https://wiki.contoso.com/restore""#);
    assert_eq!(foot(&url).first(), Some(&Span::Out { text: "Get help".into(), href }));
}
