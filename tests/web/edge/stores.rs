use super::{Running, js};
use pgflex_restore::app::Event;
use pgflex_restore::browser::storage::Store;
use pgflex_restore::flow::Command;
use pgflex_restore::link::World;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn each_world_keeps_a_journal_and_a_draft_of_its_own() {
    let (azure, demo) = (Store::of(World::Azure), Store::of(World::Demo));
    azure.keep_journal("real").expect("kept");
    demo.keep_journal("played").expect("kept");
    demo.keep_draft(Some("half")).expect("kept");
    assert_eq!(azure.journal(), Ok(Some("real".to_string())));
    assert_eq!(demo.journal(), Ok(Some("played".to_string())));
    assert_eq!((azure.draft(), demo.draft()), (None, Some("half".to_string())));

    let running = Running::at("#/demo");
    let start = running.started();
    assert_eq!((start.journal, start.draft), (Ok(Some("played".to_string())), Some("half".to_string())));
    running.ask(vec![Command::KeepJournal(String::new()), Command::KeepDraft(None)]);
    assert_eq!((demo.journal(), demo.draft()), (Ok(None), None));
    assert_eq!(azure.journal(), Ok(Some("real".to_string())));
    azure.keep_journal("").expect("removed");
    assert_eq!(running.told(), []);
}

#[wasm_bindgen_test]
fn storage_that_refuses_is_told_once_and_stops_nothing() {
    let running = Running::at("#/demo");
    running.started();
    js("globalThis.realSetItem = Storage.prototype.setItem;
        Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }; 0");
    running.ask(vec![
        Command::KeepJournal("one".to_string()),
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
fn the_journal_of_another_tab_is_told_and_other_news_is_not() {
    let running = Running::at("#/demo");
    running.started();
    let tell = |key: &str, area: &str| {
        js(&format!(
            "dispatchEvent(new StorageEvent('storage', {{ key: {key}, newValue: 'theirs', storageArea: {area} }})); 0"
        ));
    };
    tell("'pgflex.journal'", "localStorage");
    tell("'pgflex.demo.journal'", "sessionStorage");
    tell("'other'", "localStorage");
    assert_eq!(running.told(), []);
    tell("'pgflex.demo.journal'", "localStorage");
    assert_eq!(running.told(), [Event::JournalChanged(Some("theirs".to_string()))]);
    js("dispatchEvent(new StorageEvent('storage', { storageArea: localStorage })); 0");
    assert_eq!(running.told(), [Event::JournalChanged(None)]);
}
