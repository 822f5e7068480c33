//! Which account a container is in: looked up anew where the first look could not help.

use super::story::Story;
use pgflex_restore::app::Field;

const POINTS: &str = "#/demo/points?v=1&instance=94b7d3e0-58c6-4a1f-8f29-0e6d71c3a5b8/rg-demo/bvault-demo-weu/psql-orders-demo-psql-orders-demo-7d9b04be-096c-4a3e-a1fb-ea6215e805c9";
const URL: &str = "https://stordersrestoreweu.blob.core.windows.net/pg-restore-drills";

fn id(group: &str) -> String {
    format!(
        "/subscriptions/b81c4e7d-0a52-4d39-8e16-95f3c2a7d640/resourceGroups/{group}/providers/Microsoft.Storage/storageAccounts/stordersrestoreweu/blobServices/default/containers/pg-restore-drills"
    )
}

fn at_target() -> Story {
    let mut story = Story::demo(POINTS);
    story.wait_for("latest");
    story.choose(0);
    story.press("Choose a target");
    story.wait_for("File prefix: [");
    story
}

/// Whether the request that is reviewed names the container by its resource id.
fn names_its_id(story: &mut Story) -> bool {
    story.press("Review");
    story.wait_for("Read from Azure");
    story.check();
    let sent = story.sent.iter().rfind(|request| request.url.path().ends_with("/validateRestore")).unwrap();
    sent.body.as_deref().unwrap().contains("targetResourceArmId")
}

#[test]
fn an_id_that_is_mended_is_looked_up_anew() {
    for mended in [id("rg-restore-weu"), URL.to_string()] {
        let mut story = at_target();
        story.type_into(Field::Container, &id("rg-restore"));
        story.wait(5);
        story.sees("Your account sees no storage account of this name");
        story.type_into(Field::Container, &mended);
        story.wait(5);
        story.does_not_see("Your account sees no storage account of this name");
        assert!(names_its_id(&mut story), "{mended}");
    }
}

#[test]
fn whoever_leaves_in_the_middle_of_typing_finds_it_looked_up_on_the_way_back() {
    let mut story = at_target();
    story.type_into(Field::Container, URL);
    let target = story.address().to_string();
    story.back();
    story.wait(30);
    story.go(&target);
    story.wait(5);
    assert_eq!(story.sent.iter().filter(|request| request.url.path().ends_with("/resources")).count(), 1);
    assert!(names_its_id(&mut story));
}

#[test]
fn an_account_that_is_new_is_found_on_the_way_back() {
    let mut story = at_target();
    story.between = Box::new(|_, request| {
        let nobody = r#"{"totalRecords":0,"count":0,"data":[],"facets":[],"resultTruncated":"false"}"#;
        let body = nobody.to_string();
        request
            .url
            .path()
            .ends_with("/resources")
            .then(|| Ok(pgflex_restore::azure::http::Response { status: 200, headers: Vec::new(), body }))
    });
    story.type_into(Field::Container, URL);
    story.wait(5);
    story.sees("Your account sees no storage account of this name");
    story.between = Box::new(|_, _| None);
    let target = story.address().to_string();
    story.back();
    story.go(&target);
    story.wait(5);
    story.does_not_see("Your account sees no storage account of this name");
    assert!(names_its_id(&mut story));
}
