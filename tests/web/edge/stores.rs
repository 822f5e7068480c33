use super::{Running, js};
use pgflex_restore::app::Event;
use pgflex_restore::browser::storage::Store;
use pgflex_restore::flow::Command;
use pgflex_restore::link::World;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn each_world_keeps_a_journal_and_a_draft_of_its_own() {
    let (azure, demo) = (Store::of(World::Azure), Store::of(World::Demo));
    azure.keep_entry("a", Some("real")).expect("kept");
    demo.keep_entry("a", Some("played")).expect("kept");
    demo.keep_entry("b", Some("played again")).expect("kept");
    demo.keep_draft(Some("half")).expect("kept");
    let rows = |store: Store| {
        let mut rows = store.journal().expect("read");
        rows.sort();
        rows
    };
    assert_eq!(rows(azure), ["real"]);
    assert_eq!(rows(demo), ["played", "played again"]);
    assert_eq!((azure.draft(), demo.draft()), (None, Some("half".to_string())));

    let running = Running::at("#/demo");
    let start = running.started();
    assert_eq!((start.journal.map(|rows| rows.len()), start.draft), (Ok(2), Some("half".to_string())));
    let forget = |prefix: &str| Command::KeepEntry(prefix.to_string(), None);
    running.ask(vec![forget("a"), forget("b"), Command::KeepDraft(None)]);
    assert_eq!((demo.journal(), demo.draft()), (Ok(Vec::new()), None));
    assert_eq!(rows(azure), ["real"]);
    azure.keep_entry("a", None).expect("removed");
    assert_eq!(running.told(), []);
}

#[wasm_bindgen_test]
fn storage_that_refuses_is_told_once_and_stops_nothing() {
    let running = Running::at("#/demo");
    running.started();
    js("globalThis.realSetItem = Storage.prototype.setItem;
        Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }; 0");
    running.ask(vec![
        Command::KeepEntry("a".to_string(), Some("one".to_string())),
        Command::KeepDraft(Some("two".to_string())),
        Command::Replace("#/demo/about".to_string()),
    ]);
    let told = running.told();
    let another = Running::at("#/demo");
    let told_at_start = another.told();
    js("Storage.prototype.setItem = realSetItem; 0");
    assert_eq!(told, [Event::StorageRefused]);
    assert_eq!(told_at_start.get(1), Some(&Event::StorageRefused));
}

#[wasm_bindgen_test]
fn blocked_storage_is_a_value_too() {
    js("globalThis.areas = ['localStorage', 'sessionStorage'].map((area) => {
          const real = Object.getOwnPropertyDescriptor(window, area);
          Object.defineProperty(window, area,
            { get() { throw new DOMException('no', 'SecurityError') }, configurable: true });
          return [area, real];
        }); 0");
    let running = Running::at("#/demo");
    let told = running.told();
    js("for (const [area, real] of areas) Object.defineProperty(window, area, real); 0");
    let Some(Event::Started(start)) = told.first() else { panic!("not begun: {told:?}") };
    assert_eq!((start.journal.clone(), start.draft.clone()), (Err(()), None));
    assert_eq!(told.get(1), Some(&Event::StorageRefused));
}

#[wasm_bindgen_test]
fn a_row_that_another_tab_wrote_is_told_and_other_news_is_not() {
    let running = Running::at("#/demo");
    running.started();
    let tell = |key: &str, area: &str| {
        js(&format!(
            "dispatchEvent(new StorageEvent('storage', {{ key: {key}, newValue: 'theirs', storageArea: {area} }})); 0"
        ));
    };
    tell("'pgflex.journal.a'", "localStorage");
    // The demo's journal is each tab's own.
    tell("'pgflex.demo.journal.a'", "localStorage");
    tell("null", "sessionStorage");
    tell("'other'", "sessionStorage");
    assert_eq!(running.told(), []);
    tell("'pgflex.demo.journal.a'", "sessionStorage");
    assert_eq!(running.told(), [Event::EntryChanged("a".to_string(), Some("theirs".to_string()))]);
}

#[wasm_bindgen_test]
fn the_journal_of_real_restores_is_shared_by_all_tabs() {
    let told = |area: &str| {
        let event = js(&format!(
            "new StorageEvent('storage', {{ key: 'pgflex.journal.a', newValue: 'theirs', storageArea: {area} }})"
        ));
        Store::of(World::Azure).entry_changed(&event.unchecked_into())
    };
    assert_eq!(told("localStorage"), Some(("a".to_string(), Some("theirs".to_string()))));
    assert_eq!(told("sessionStorage"), None);
}
