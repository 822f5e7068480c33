//! Choosing where the files go: from what Azure lists, by its address, or into a container made on the spot.

use super::failures::status;
use super::journey::{self, DRILLS, PRODUCTION, to_review};
use super::story::{CONFIG, Story, person};
use pgflex_restore::app::{Event, Field};
use pgflex_restore::azure::http::{Method, Request, Response, Unreachable};
use pgflex_restore::flow::draft::ContainerProblem;
use pgflex_restore::link::Link;
use pgflex_restore::moment::Moment;
use serde_json::{Value, json};

const DRILL_SERVER: &str = "#/demo/find?v=1&vault=94b7d3e0-58c6-4a1f-8f29-0e6d71c3a5b8/rg-demo/bvault-demo-weu";

const FORBIDDEN: &str = r#"{"error":{"code":"AuthorizationFailed","message":"The client may not do that."}}"#;

/// At the target's page of the production server.
fn at_target() -> Story {
    to_target(Story::demo(PRODUCTION), "psql-orders-prod")
}

fn to_target(mut story: Story, server: &str) -> Story {
    journey::to_target(&mut story, server, 1);
    story.wait(2);
    story
}

/// At the target's page, with what an administrator has set.
fn limited(keys: &str) -> Story {
    let mut story = Story::closed(&PRODUCTION.replace("#/demo/", "#/"));
    story.config = CONFIG.replace('}', &format!(",{keys}}}"));
    story.start(person());
    to_target(story, "psql-orders-prod")
}

fn names(story: &Story, field: Field) -> Vec<String> {
    let first = |words: String| words.split(' ').next().unwrap().to_string();
    story.options(field).into_iter().map(|(_, words)| first(words)).collect()
}

/// The target in the last request that was checked.
fn checked(story: &Story) -> Value {
    let sent = story.sent.iter().rfind(|request| request.url.path().ends_with("/validateRestore")).unwrap();
    let body: Value = serde_json::from_str(sent.body.as_deref().unwrap()).unwrap();
    body["restoreRequestObject"]["restoreTargetInfo"]["targetDetails"].clone()
}

fn looked_up(story: &Story) -> usize {
    let of_account = |request: &&Request| {
        request.body.as_deref().is_some_and(|body| body.contains("microsoft.storage/storageaccounts"))
    };
    story.sent.iter().filter(of_account).count()
}

fn puts(story: &Story) -> Vec<&Request> {
    story.sent.iter().filter(|request| request.method == Method::Put).collect()
}

/// Answers what fits in Azure's place.
fn instead(story: &mut Story, fits: impl Fn(&Request) -> bool + 'static, answer: Result<Response, Unreachable>) {
    story.between = Box::new(move |_: Moment, request| fits(request).then(|| answer.clone()));
}

const DRILLS_ID: &str = "/subscriptions/b81c4e7d-0a52-4d39-8e16-95f3c2a7d640/resourceGroups/rg-restore-weu/providers/Microsoft.Storage/storageAccounts/stordersrestoreweu/blobServices/default/containers/pg-restore-drills";

#[test]
fn a_container_is_picked_and_the_request_names_it_by_its_resource_id_too() {
    let mut story = at_target();
    story.pick(Field::Subscription, "Contoso Platform");
    story.wait(2);
    story.pick(Field::Account, "stordersrestoreweu");
    story.wait(2);
    story.pick(Field::Picked, "pg-restore-drills");
    story.sees(DRILLS);
    story.press("Review");
    story.check();
    let target = checked(&story);
    assert_eq!((&target["url"], &target["targetResourceArmId"]), (&json!(DRILLS), &json!(DRILLS_ID)));
    assert_eq!(looked_up(&story), 0, "the list has said where it is");
    // It is a plain restore from here on.
    story.press("Start restore");
    story.wait_for("The files of psql-orders-prod are in the container");
}

#[test]
fn the_address_of_a_picked_container_is_the_one_that_its_account_has() {
    let mut story = to_target(Story::demo(DRILL_SERVER), "psql-orders-demo");
    story.pick(Field::Account, "stzonedweu");
    story.wait(2);
    story.pick(Field::Picked, "drill");
    story.sees("https://stzonedweu.z01.blob.storage.azure.net/drill/");
    story.press("Review");
    story.wait_for("Check, then start");
    story.sees("https://stzonedweu.z01.blob.storage.azure.net/drill");
    // So it is after a reload, when no list has been read.
    story.reload();
    story.wait_for("Check, then start");
    story.sees("https://stzonedweu.z01.blob.storage.azure.net/drill");
    // And where its resource id was pasted.
    let id = story.model.drafts.last().unwrap().picked.path();
    story.back();
    story.reload();
    story.wait_for("File prefix: [");
    story.type_into(Field::Container, &id);
    story.wait(3);
    story.press("Review");
    story.wait_for("Check, then start");
    story.sees("https://stzonedweu.z01.blob.storage.azure.net/drill");
}

#[test]
fn the_likely_accounts_come_first_and_what_cannot_hold_blobs_is_counted() {
    let mut story = to_target(Story::demo(DRILL_SERVER), "psql-orders-demo");
    story.sees("Not listed, since they cannot hold blobs: 1.");
    let listed = names(&story, Field::Account);
    assert!(!listed.contains(&"stfilesonlyweu".to_string()), "{listed:?}");
    assert_eq!(listed.last().unwrap(), "stpremiumneu", "it is in another region than the vault: {listed:?}");
    story.sees("stpremiumneu North Europe, BlockBlobStorage, Premium_LRS, rg-demo");
    // In the vault's region, by name.
    let near = &listed[..listed.len() - 1];
    assert!(near.is_sorted(), "{near:?}");
    // The account that was used before is the likeliest, and its container too.
    story.pick(Field::Account, "stzonedweu");
    story.wait(2);
    story.pick(Field::Picked, "drill");
    story.press("Review");
    story.check();
    story.press("Start restore");
    story.wait_for("Azure accepted the request");
    story.go(DRILL_SERVER);
    let story = to_target(story, "psql-orders-demo");
    assert_eq!(names(&story, Field::Account)[0], "stzonedweu");
}

#[test]
fn names_that_speak_of_restores_come_before_others_of_the_region() {
    let mut story = at_target();
    assert_eq!(names(&story, Field::Account), ["stprodrestoreweu", "stprodrestoreneu"]);
    story.pick(Field::Subscription, "Contoso Platform");
    story.wait(2);
    assert_eq!(
        names(&story, Field::Account),
        ["stgiteabackupweu", "stordersrestoreweu", "stloganalyticsweu", "stterraformstateweu"]
    );
    story.pick(Field::Account, "stordersrestoreweu");
    story.wait(2);
    assert_eq!(names(&story, Field::Picked), ["pg-incident-files", "pg-restore-drills", "exports"]);
}

/// The accounts of a subscription, or the containers of an account, made up.
fn many(count: usize, item: fn(usize) -> Value) -> Result<Response, Unreachable> {
    let all: Vec<Value> = (0..count).map(item).collect();
    status(200, &[], &json!({ "value": all }).to_string())
}

const GROUP: &str = "/subscriptions/6f2d9a41-5c0e-4b7a-9f63-2d1e8c7b4a05/resourceGroups/rg-many/providers/Microsoft.Storage/storageAccounts/";

#[test]
fn of_very_many_a_hundred_are_shown_and_a_filter_finds_the_others() {
    let mut story = Story::demo(PRODUCTION);
    let accounts = many(3000, |at| {
        let name = format!("st{at:05}");
        let blob = format!("https://{name}.blob.core.windows.net/");
        json!({ "id": format!("{GROUP}{name}"), "location": "westeurope", "kind": "StorageV2", "sku": { "name": "Standard_LRS" },
            "properties": { "primaryEndpoints": { "blob": blob } } })
    });
    let containers = many(
        5000,
        |at| json!({ "id": format!("{GROUP}st02977/blobServices/default/containers/c{at:05}"), "properties": {} }),
    );
    story.between = Box::new(move |_, request| {
        let path = request.url.path();
        let list = path.ends_with("/storageAccounts").then(|| accounts.clone());
        list.or_else(|| path.ends_with("/containers").then(|| containers.clone()))
    });
    let mut story = to_target(story, "psql-orders-prod");
    assert_eq!(story.options(Field::Account).len(), 100);
    story.sees("The likeliest 100 of 3\u{202f}000 storage accounts");
    story.type_into(Field::AccountFilter, " 0297 ");
    assert_eq!(names(&story, Field::Account).len(), 11);
    story.sees("11 of 3\u{202f}000 storage accounts");
    story.pick(Field::Account, "st02977");
    story.wait(2);
    story.type_into(Field::ContainerFilter, "no such");
    story.sees("None has this in its name.");
    story.type_into(Field::ContainerFilter, "C04321");
    story.pick(Field::Picked, "c04321");
    // What is chosen stays in sight, whatever the filter says.
    story.type_into(Field::AccountFilter, "x");
    assert_eq!(names(&story, Field::Account), ["st02977"]);
    story.sees("https://st02977.blob.core.windows.net/c04321/");
}

#[test]
fn containers_of_azures_own_cannot_be_chosen() {
    let mut story = at_target();
    let row = |name: &str| json!({ "id": format!("{GROUP}stprodrestoreweu/blobServices/default/containers/{name}"), "properties": {} });
    let rows = json!({ "value": [row("$logs"), row("$web"), row("$root"), row("insights-logs-audit")] });
    instead(&mut story, |request| request.url.path().ends_with("/containers"), status(200, &[], &rows.to_string()));
    story.pick(Field::Account, "stprodrestoreweu");
    story.wait(2);
    assert_eq!(names(&story, Field::Picked), ["insights-logs-audit"]);
    story.sees("Azure’s own containers, such as $logs, cannot be chosen");
    story.does_not_see("could not be read");
}

#[test]
fn a_typed_address_is_looked_up_once_it_rests_and_its_id_goes_along() {
    let mut story = at_target();
    story.type_into(Field::Container, "https://stordersrestoreweu.blob.core.windows.net/p");
    story.type_into(Field::Container, DRILLS);
    assert_eq!(looked_up(&story), 0, "somebody types");
    story.wait(3);
    story.sees("This storage account is in rg-restore-weu, subscription Contoso Platform.");
    // The same container, in other letters, and others of the account, are no other question.
    story.type_into(Field::Container, "HTTPS://StOrdersRestoreWeu.Blob.Core.Windows.Net/pg-restore-drills/");
    story.wait(3);
    story.press("Review");
    story.check();
    assert_eq!(looked_up(&story), 1);
    let target = checked(&story);
    assert_eq!((&target["url"], &target["targetResourceArmId"]), (&json!(DRILLS), &json!(DRILLS_ID)));
    story.sees("In a different subscription from the vault");
}

#[test]
fn an_account_that_nobody_sees_is_no_error() {
    let mut story = at_target();
    story.type_into(Field::Container, "https://stofsomebodyelse.blob.core.windows.net/dumps");
    story.wait(3);
    story.sees("Your account sees no storage account of this name.");
    story.press("Review");
    story.wait_for("Check, then start");
    story.press("Check with Azure");
    story.wait(2);
    assert_eq!(checked(&story)["targetResourceArmId"], Value::Null);
}

#[test]
fn where_the_graph_is_refused_the_accounts_of_the_vaults_subscription_are_read() {
    for (container, id) in [("https://stprodrestoreweu.blob.core.windows.net/pg-restore", true), (DRILLS, false)] {
        let mut story = Story::demo(PRODUCTION);
        instead(&mut story, |request| request.url.path().contains("ResourceGraph"), status(403, &[], FORBIDDEN));
        to_review(&mut story, "psql-orders-prod", container);
        story.check();
        assert_eq!(checked(&story)["targetResourceArmId"].is_string(), id, "{container}");
    }
    let mut story = at_target();
    instead(&mut story, |request| request.url.path().contains("ResourceGraph"), status(403, &[], FORBIDDEN));
    story.type_into(Field::Container, DRILLS);
    story.wait(3);
    story.sees("could not be looked up");
}

#[test]
fn a_review_waits_for_the_lookup_but_not_for_one_in_trouble_and_no_check_is_made_void_by_it() {
    let mut story = at_target();
    let lost = Err(Unreachable::NoAnswer);
    instead(&mut story, |request| request.url.path().contains("ResourceGraph"), lost);
    story.type_into(Field::Container, DRILLS);
    story.press("Review");
    assert_eq!(story.button("Check with Azure"), None, "{}", story.text());
    story.does_not_see("put right");
    story.wait_for("Check, then start");
    story.between = Box::new(|_, _| None);
    story.check();
    story.wait(600);
    story.sees("Azure would accept it");
    assert_eq!(checked(&story)["targetResourceArmId"], Value::Null);
    // Whoever goes back has it looked up again.
    story.back();
    story.wait_for("This storage account is in rg-restore-weu");
}

#[test]
fn a_target_that_is_changed_takes_the_place_of_the_checked_one_at_once() {
    let mut story = Story::demo(PRODUCTION);
    to_review(&mut story, "psql-orders-prod", DRILLS);
    story.check();
    story.back();
    story.type_into(Field::Container, "https://stgiteabackupweu.blob.core.windows.net/repositories");
    story.press("Review");
    story.does_not_see("pg-restore-drills");
    assert_eq!(story.button("Start restore"), None, "where the new one is is being looked up");
    story.tell(Event::StartPressed);
    story.wait_for("Check, then start");
    story.sees("repositories");
    story.wait(60);
    assert_eq!(story.count(Method::Post, "/restore"), 0);
}

#[test]
fn the_oldest_api_version_says_nothing_of_what_was_only_looked_up_and_still_refuses_what_was_picked() {
    let old = r#""apiVersion":"2021-07-01""#;
    let mut story = limited(old);
    story.type_into(Field::Container, DRILLS);
    story.press("Review");
    story.wait_for("Check, then start");
    story.press("Check with Azure");
    story.wait(2);
    assert_eq!(checked(&story)["targetResourceArmId"], Value::Null);
    let mut story = limited(old);
    story.pick(Field::Subscription, "Contoso Platform");
    story.wait(2);
    story.pick(Field::Account, "stordersrestoreweu");
    story.wait(2);
    story.pick(Field::Picked, "pg-restore-drills");
    story.press("Review");
    story.wait_for("Check, then start");
    story.press("Check with Azure");
    story.sees("This api-version cannot name a container in another subscription");
}

#[test]
fn nothing_can_be_listed_and_an_address_can_be_typed_all_the_same() {
    let mut story = Story::demo(PRODUCTION);
    let lists = |request: &Request| {
        let path = request.url.path();
        path == "/subscriptions" || path.ends_with("/storageAccounts") || path.contains("ResourceGraph")
    };
    instead(&mut story, lists, status(403, &[], FORBIDDEN));
    let mut story = to_target(story, "psql-orders-prod");
    story.sees("You are not allowed to list subscriptions");
    story.sees("You are not allowed to list the storage accounts of this subscription");
    story.press("Review");
    story.sees("account: Say which container");
    story.pick(Field::How, "Type its URL");
    story.does_not_see("You are not allowed to list");
    story.sees("container: Say which container");
    story.type_into(Field::Container, DRILLS);
    story.press("Review");
    story.wait_for("Check, then start");
    story.check();
}

#[test]
fn what_was_picked_and_what_was_typed_are_both_kept() {
    let mut story = at_target();
    story.pick(Field::Account, "stprodrestoreweu");
    story.pick(Field::How, "Type its URL");
    story.type_into(Field::Container, "https://st");
    story.pick(Field::How, "Pick it");
    story.wait(2);
    story.sees("(*) stprodrestoreweu");
    story.press("Review");
    story.sees("picked: Choose a container in this storage account.");
    story.pick(Field::How, "Type its URL");
    story.sees("Container: [https://st]");
}

#[test]
fn a_sign_in_keeps_how_far_a_container_was_picked() {
    let mut story = limited(r#""cloud":"public""#);
    story.pick(Field::Subscription, "Contoso Platform");
    story.wait(2);
    story.reload();
    story.wait_for("stordersrestoreweu");
    story.pick(Field::Account, "stordersrestoreweu");
    story.wait(2);
    story.type_into(Field::NewContainer, "drill-new");
    story.tell(Event::ProofPressed("{}".into()));
    assert!(story.left);
    story.start(person());
    story.wait_for("pg-restore-drills");
    story.sees("(*) stordersrestoreweu");
    story.sees("Name of the new container: [drill-new]");
    story.pick(Field::Picked, "pg-restore-drills");
    story.reload();
    story.wait_for("(*) pg-restore-drills");
    story.wait(2);
    story.press("Review");
    story.wait_for("Check, then start");
    // Nothing of it is in the address.
    let address = story.address().to_string();
    assert!(Link::parse(&address).is_ok() && !address.contains("stordersrestoreweu"), "{address}");
}

#[test]
fn a_draft_of_before_containers_could_be_picked_is_as_it_was() {
    let mut story = at_target();
    story.type_into(Field::Container, DRILLS);
    let notes: Value = serde_json::from_str(story.draft.as_deref().unwrap()).unwrap();
    let mut draft = notes["drafts"][0].clone();
    for key in ["picked", "picks", "new"] {
        draft.as_object_mut().unwrap().remove(key).unwrap();
    }
    story.draft = Some(draft.to_string());
    story.reload();
    story.wait_for("File prefix: [");
    story.sees(&format!("Container: [{DRILLS}]"));
}

/// At the target's page, with an account chosen and a name typed.
fn to_make(name: &str) -> Story {
    let mut story = to_target(Story::demo(DRILL_SERVER), "psql-orders-demo");
    story.pick(Field::Account, "stzonedweu");
    story.wait(2);
    story.type_into(Field::NewContainer, name);
    story
}

#[test]
fn a_container_is_made_and_chosen() {
    let mut story = to_make("drill-new");
    story.press("Create this container");
    story.sees("The container is being created.");
    story.wait(3);
    story.sees("drill-new is there, and chosen.");
    story.sees("(*) drill-new");
    let [put] = puts(&story)[..] else { panic!("{:?}", puts(&story)) };
    assert!(put.url.path().ends_with("/storageAccounts/stzonedweu/blobServices/default/containers/drill-new"));
    assert_eq!(put.body.as_deref(), Some(r#"{"properties":{"publicAccess":"None"}}"#));
    story.press("Review");
    story.check();
    assert!(checked(&story)["targetResourceArmId"].as_str().unwrap().ends_with("/containers/drill-new"));
}

#[test]
fn a_container_that_is_there_is_chosen() {
    // It is in the list: nothing has to be made.
    let mut story = to_make("drill");
    story.press("Create this container");
    story.sees("(*) drill");
    assert!(puts(&story).is_empty());
    // Somebody has made it meanwhile: Azure says so, and it is as good.
    let mut story = to_make("drill-new");
    story.after = Box::new(|request, outcome| {
        if request.method == Method::Put {
            outcome.as_mut().unwrap().status = 200;
        }
    });
    story.press("Create this container");
    story.wait(3);
    story.sees("(*) drill-new");
}

#[test]
fn a_name_that_azure_does_not_allow_is_told_as_it_is_typed() {
    let mut story = to_make("");
    assert_eq!(story.button("Create this container").unwrap().disabled.as_deref(), Some("Write a name for it first."));
    for name in ["ab", "Drill", "a--b", "-drill", "drill-", "drill new", "$logs", &"x".repeat(64)] {
        story.type_into(Field::NewContainer, name);
        story.sees("Bad: A container’s name has 3 to 63");
        assert!(story.button("Create this container").unwrap().disabled.is_some(), "{name}");
        story.tell(Event::MakePressed);
    }
    assert!(puts(&story).is_empty());
    story.type_into(Field::NewContainer, " drill-2 ");
    story.press("Create this container");
    assert_eq!(puts(&story).len(), 1);
}

#[test]
fn whoever_may_make_no_container_is_told_who_may_and_how() {
    let mut story = to_target(Story::demo(DRILL_SERVER), "psql-orders-demo");
    story.pick(Field::Account, "stnocreateweu");
    story.wait(2);
    story.type_into(Field::NewContainer, "drill-new");
    story.press("Create this container");
    story.wait(3);
    story.sees("You are not allowed to create a container in this storage account");
    story.sees("Storage Account Contributor");
    let commands = super::print::codes(&story.screen());
    assert_eq!(
        commands.last().unwrap(),
        "az storage container-rm create \\\n  --subscription 94b7d3e0-58c6-4a1f-8f29-0e6d71c3a5b8 \\\n  --resource-group rg-demo \\\n  --storage-account stnocreateweu \\\n  --name drill-new"
    );
    // Somebody else may have made it meanwhile.
    let lists = story.count(Method::Get, "/containers");
    story.press("Read the list again");
    story.wait(2);
    assert_eq!(story.count(Method::Get, "/containers"), lists + 1);
    // What was typed stays, and the press may be made again.
    story.sees("Name of the new container: [drill-new]");
    story.press("Create this container");
    assert_eq!(puts(&story).len(), 2);
}

#[test]
fn an_answer_that_was_lost_on_the_way_is_made_up_for_by_the_list() {
    let mut story = to_make("drill-new");
    story.after = Box::new(|request, outcome| {
        if request.method == Method::Put {
            *outcome = Err(Unreachable::NoAnswer);
        }
    });
    story.press("Create this container");
    story.wait(5);
    story.sees("drill-new is there, and chosen.");
    assert_eq!(puts(&story).len(), 1, "a write is never repeated by itself");
    // Where it never arrived, the list does not have it, and a person may press again.
    let mut story = to_make("drill-new");
    instead(&mut story, |request| request.method == Method::Put, status(503, &[], ""));
    story.press("Create this container");
    story.wait(60);
    story.sees("It is not in the list of containers.");
    assert_eq!(puts(&story).len(), 1);
    story.between = Box::new(|_, _| None);
    story.press("Create this container");
    story.wait(5);
    story.sees("(*) drill-new");
}

#[test]
fn a_page_of_the_networks_own_in_azures_place_makes_no_container() {
    let mut story = to_make("drill-new");
    instead(&mut story, |request| request.method == Method::Put, status(200, &[], "<html>Welcome to the hotel</html>"));
    story.press("Create this container");
    story.wait(5);
    story.does_not_see("is there, and chosen");
    story.sees("It is not in the list of containers.");
}

#[test]
fn a_double_click_makes_one_container_and_a_frame_or_no_network_makes_none() {
    let mut story = to_make("drill-new");
    story.tell(Event::MakePressed);
    story.tell(Event::MakePressed);
    story.wait(5);
    assert_eq!(puts(&story).len(), 1);
    let mut story = to_make("drill-new");
    story.model.framed = true;
    assert!(story.button("Create this container").unwrap().disabled.is_some());
    story.tell(Event::MakePressed);
    assert!(puts(&story).is_empty());
    let mut story = to_make("drill-new");
    story.tell(Event::OnlineChanged(false));
    assert!(story.button("Create this container").unwrap().disabled.is_some());
    // The browser may learn of it only as it sends.
    let mut story = to_make("drill-new");
    instead(&mut story, |request| request.method == Method::Put, Err(Unreachable::Offline));
    story.press("Create this container");
    story.wait(5);
    story.sees("Nothing was sent. Try again once the network is back.");
}

#[test]
fn a_sign_in_that_azure_does_not_take_leaves_the_press_to_the_person() {
    let mut story = to_make("drill-new");
    instead(&mut story, |request| request.method == Method::Put, status(401, &[], ""));
    story.press("Create this container");
    story.wait(30);
    story.sees("Azure did not accept your sign-in");
    assert_eq!((story.renewals, puts(&story).len()), (1, 1));
    story.press("Create this container");
    story.wait(30);
    story.sees("Azure asks for more proof of who you are");
    assert_eq!(puts(&story).len(), 2);
}

#[test]
fn whoever_picks_something_else_while_a_container_is_made_keeps_that() {
    let mut story = to_make("drill-new");
    story.press("Create this container");
    story.pick(Field::Picked, "drill");
    story.wait(5);
    story.sees("(*) drill");
    story.sees("( ) drill-new");
}

#[test]
fn an_administrator_can_switch_making_containers_off() {
    let mut story = limited(r#""createContainers":false"#);
    story.pick(Field::Account, "stprodrestoreweu");
    story.wait(2);
    story.sees("This page’s administrator has switched off creating containers.");
    assert_eq!(story.button("Create this container"), None);
    story.type_into(Field::NewContainer, "drill-new");
    story.tell(Event::MakePressed);
    assert!(puts(&story).is_empty());
}

const TO_PLATFORM: &str = r#""targets":["b81c4e7d-0a52-4d39-8e16-95f3c2a7d640"]"#;
const TO_ACCOUNT: &str = r#""targets":["stprodrestoreneu"]"#;

#[test]
fn an_administrator_can_name_the_subscriptions_that_files_may_go_to() {
    let mut story = limited(TO_PLATFORM);
    story.sees("This page’s administrator allows only the subscription b81c4e7d-0a52-4d39-8e16-95f3c2a7d640.");
    assert_eq!(story.options(Field::Subscription).len(), 1);
    assert!(names(&story, Field::Account).contains(&"stordersrestoreweu".to_string()), "it is listed at once");
    // What is typed is looked up: until that is known it makes no plan.
    story.type_into(Field::Container, "https://stprodrestoreweu.blob.core.windows.net/pg-restore");
    story.press("Review");
    story.sees("Looking up which subscription this storage account is in");
    story.wait(3);
    story.sees("does not allow restores into this storage account");
    story.press("Review");
    story.sees("One thing to put right");
    story.type_into(Field::Container, DRILLS);
    story.wait(3);
    story.press("Review");
    story.check();
    assert_eq!(checked(&story)["targetResourceArmId"], json!(DRILLS_ID));
}

/// What an administrator lets, and what becomes of a container that is typed: once it has been looked up, or could not be.
#[test]
fn what_an_administrator_lets_is_decided_so() {
    use ContainerProblem::{NotAllowed, NotKnown};
    let platform = "b81c4e7d-0a52-4d39-8e16-95f3c2a7d640";
    let absent = "https://stofsomebodyelse.blob.core.windows.net/dumps";
    let production = "https://stprodrestoreweu.blob.core.windows.net/pg-restore";
    let claimed =
        DRILLS_ID.replace("stordersrestoreweu", "stprodrestoreweu").replace("pg-restore-drills", "pg-restore");
    // The targets; the container; what becomes of it; the same where nothing can be looked up.
    let rows: [(&str, &str, Option<ContainerProblem>, Option<ContainerProblem>); 13] = [
        ("", DRILLS, None, None),
        ("", absent, None, None),
        (platform, DRILLS, None, Some(NotKnown)),
        (platform, DRILLS_ID, None, Some(NotKnown)),
        (platform, production, Some(NotAllowed), Some(NotKnown)),
        (platform, absent, Some(NotKnown), Some(NotKnown)),
        (platform, &claimed, Some(NotKnown), Some(NotKnown)),
        ("stordersrestoreweu", DRILLS, None, None),
        ("stordersrestoreweu", DRILLS_ID, None, None),
        ("stordersrestoreweu", production, Some(NotAllowed), Some(NotAllowed)),
        ("stordersrestoreweu", absent, Some(NotAllowed), Some(NotAllowed)),
        ("stother stordersrestoreweu", DRILLS, None, None),
        (&format!("stother {platform}"), DRILLS, None, Some(NotKnown)),
    ];
    for (targets, container, expected, unknown) in rows {
        for (can, expected) in [(true, expected), (false, unknown)] {
            let list: Vec<&str> = targets.split_whitespace().collect();
            let keys =
                if list.is_empty() { r#""cloud":"public""#.to_string() } else { format!(r#""targets":{list:?}"#) };
            let mut story = Story::closed(&PRODUCTION.replace("#/demo/", "#/"));
            story.config = CONFIG.replace('}', &format!(",{keys}}}"));
            let looks = |request: &Request| {
                request.url.path().contains("ResourceGraph") || request.url.path().contains("/Microsoft.Storage/")
            };
            instead(&mut story, move |request| !can && looks(request), status(403, &[], FORBIDDEN));
            story.start(person());
            let mut story = to_target(story, "psql-orders-prod");
            story.type_into(Field::Container, container);
            story.wait(5);
            let draft = story.model.drafts.last().unwrap();
            let found = story.model.resolve(draft).err();
            assert_eq!(found, expected, "{targets:?}: {container}, looked up: {can}");
            assert_eq!(story.model.plan(&draft.point).is_some(), expected.is_none(), "{targets:?}: {container}");
        }
    }
}

#[test]
fn an_account_that_tells_no_address_of_its_own_is_written_to_at_the_usual_one() {
    for odd in ["javascript:alert(1)", "https://", "http://stprodrestoreweu.blob.core.windows.net/", "https://x/?sig=1"]
    {
        let mut story = at_target();
        story.after = Box::new(move |request, outcome| {
            if let (true, Ok(response)) = (request.url.path().ends_with("/storageAccounts"), outcome) {
                response.body = response.body.replace("https://stprodrestoreweu.blob.core.windows.net/", odd);
            }
        });
        story.reload();
        story.wait_for("stprodrestoreweu");
        story.pick(Field::Account, "stprodrestoreweu");
        story.wait(2);
        story.pick(Field::Picked, "pg-restore");
        story.sees("https://stprodrestoreweu.blob.core.windows.net/pg-restore/");
    }
}

#[test]
fn an_id_that_is_typed_proves_nothing_of_where_an_account_is() {
    let mut story = limited(TO_PLATFORM);
    let claimed =
        DRILLS_ID.replace("stordersrestoreweu", "stprodrestoreweu").replace("pg-restore-drills", "pg-restore");
    story.type_into(Field::Container, &claimed);
    story.wait(3);
    story.press("Review");
    story.sees("it is not known which one this storage account is in");
    assert!(story.address().starts_with("#/target"), "{}", story.address());
}

#[test]
fn an_account_that_nobody_finds_is_not_let_into_where_subscriptions_are_named() {
    let mut story = limited(TO_PLATFORM);
    story.type_into(Field::Container, "https://stofsomebodyelse.blob.core.windows.net/dumps");
    story.wait(3);
    story.press("Review");
    story.sees("it is not known which one this storage account is in");
    // Nor by the address of the review.
    let review = story.address().replace("#/target", "#/review");
    story.go(&review);
    story.wait(3);
    assert_eq!(story.button("Check with Azure"), None);
    story.sees("One thing to put right");
}

#[test]
fn an_administrator_can_name_the_accounts_that_files_may_go_to() {
    let mut story = limited(TO_ACCOUNT);
    assert_eq!(names(&story, Field::Account), ["stprodrestoreneu"]);
    story.sees("Not listed, since this page’s administrator does not allow them: 1.");
    story.type_into(Field::Container, DRILLS);
    story.sees("does not allow restores into this storage account");
    story.press("Review");
    story.sees("One thing to put right");
    // One that is named may go there, also where nobody can find it.
    story.type_into(Field::Container, "https://stprodrestoreneu.blob.core.windows.net/pg-restore");
    story.press("Review");
    story.wait_for("Check, then start");
}

#[test]
fn what_was_prepared_or_started_before_the_administrator_changed_his_mind_goes_no_further() {
    let mut story = limited(r#""cloud":"public""#);
    story.type_into(Field::Container, DRILLS);
    story.wait(3);
    story.press("Review");
    story.check();
    story.after = Box::new(|request, outcome| {
        if request.url.path().ends_with("/restore") || request.url.path().ends_with("/backupJobs") {
            *outcome = match request.method {
                Method::Post => Err(Unreachable::NoAnswer),
                _ => status(200, &[], r#"{"value":[]}"#),
            };
        }
    });
    let review = story.address().to_string();
    story.press("Start restore");
    story.wait_for("Start it again, with the same prefix");
    story.wait(3600);
    assert_eq!(story.button("Start it again, with the same prefix").unwrap().disabled, None);
    story.config = CONFIG.replace('}', &format!(",{TO_ACCOUNT}}}"));
    story.reload();
    story.wait(3600);
    let why = story.button("Start it again, with the same prefix").unwrap().disabled.unwrap();
    assert!(why.contains("administrator"), "{why}");
    story.tell(Event::StartAgainPressed);
    story.wait(60);
    assert_eq!(story.count(Method::Post, "/restore"), 1);
    story.go(&review);
    story.wait(5);
    assert_eq!(story.button("Check with Azure"), None, "{}", story.text());
}

#[test]
fn the_demo_has_no_limits() {
    let mut story = Story::closed(PRODUCTION);
    story.config = CONFIG.replace('}', &format!(r#","createContainers":false,{TO_ACCOUNT}}}"#));
    story.start(person());
    let mut story = to_target(story, "psql-orders-prod");
    story.does_not_see("administrator");
    story.pick(Field::Account, "stprodrestoreweu");
    story.wait(2);
    assert!(story.button("Create this container").is_some());
}
