//! What the tab shows from outside: its icon, and notifications.

use super::{Running, js, pause};
use pgflex_restore::app::{Event, Notices};
use pgflex_restore::flow::Command;
use pgflex_restore::flow::standing::{News, Standing};
use wasm_bindgen_test::wasm_bindgen_test;

fn text(script: &str) -> String {
    js(script).as_string().expect("a text")
}

/// Runs some JavaScript that says whether something is so.
fn is(script: &str) -> bool {
    js(script).as_bool().expect("yes or no")
}

#[wasm_bindgen_test]
async fn the_icon_tells_by_its_shape_how_a_restore_stands_and_is_the_own_one_again() {
    js("document.head.append(Object.assign(document.createElement('link'), { rel: 'icon', href: 'own.svg' })); 0");
    let running = Running::at("#/demo");
    running.started();
    let icon = "document.querySelector('link[rel=icon]').getAttribute('href')";
    let mut shapes = Vec::new();
    for standing in [Standing::Going, Standing::Done, Standing::Waiting, Standing::Failed] {
        running.ask(vec![Command::Mark(Some(standing))]);
        let address = text(icon);
        let drawn = address.strip_prefix("data:image/svg+xml,").expect("drawn").replace("%23", "#");
        assert!(!drawn.contains('%') && !address.contains('#'), "{address}");
        let read = format!("new DOMParser().parseFromString(`{drawn}`, 'image/svg+xml')");
        assert!(is(&format!("{read}.documentElement.localName === 'svg' && !{read}.querySelector('parsererror')")));
        shapes.push(text(&format!(
            "[...{read}.querySelectorAll('*')].map((e) => e.localName + e.getAttribute('d')).join()"
        )));
    }
    shapes.sort();
    shapes.dedup();
    assert_eq!(shapes.len(), 4, "{shapes:?}");
    running.ask(vec![Command::Mark(None)]);
    assert_eq!(text(icon), "own.svg");
    js("document.querySelector('link[rel=icon]').remove(); 0");
}

/// Notifications that are noted and not shown.
const FAKE: &str = "globalThis.RealNotification = globalThis.Notification;
    globalThis.shown = [];
    globalThis.asked = 0;
    globalThis.Notification = class extends EventTarget {
        static permission = 'default';
        static requestPermission() {
            asked += 1;
            Notification.permission = 'granted';
            return Promise.resolve('granted');
        }
        constructor(title, options) {
            super();
            Object.assign(this, { title, options });
            if (Notification.permission === 'granted') shown.push(this);
        }
        close() { this.closed = true; }
    }; 0";

fn hide(hidden: bool) {
    js(&format!("Object.defineProperty(document, 'hidden', {{ get: () => {hidden}, configurable: true }}); 0"));
}

fn news(server: &str) -> Command {
    let (server, key) = (server.to_string(), "orders-k7".to_string());
    Command::Notify(News { standing: Standing::Done, server, key })
}

#[wasm_bindgen_test]
async fn a_notification_comes_once_allowed_while_nobody_looks_and_leads_back() {
    js(FAKE);
    let running = Running::at("#/demo");
    assert_eq!(running.started().notices, Notices::Askable);
    hide(true);
    running.ask(vec![news("before")]);
    assert!(is("shown.length === 0 && asked === 0"), "nobody is asked without a press");
    running.ask(vec![Command::AskToNotify]);
    assert!(is("asked === 1 && shown.length === 0"), "asked within the press");
    pause(20).await;
    assert_eq!(running.told(), [Event::NoticesChanged(Notices::Allowed)]);
    hide(false);
    running.ask(vec![news("seen")]);
    assert!(is("shown.length === 0"), "nobody is told what they look at");
    hide(true);
    running.ask(vec![news("psql-orders-prod")]);
    assert_eq!(text("shown.map((n) => n.title + '|' + n.options.tag).join()"), "Done: psql-orders-prod|orders-k7");
    js("globalThis.focused = 0; globalThis.realFocus = window.focus; window.focus = () => { focused += 1; };
        shown[0].dispatchEvent(new Event('click')); 0");
    assert!(is("focused === 1 && shown[0].closed"));
    js("window.focus = realFocus; delete document.hidden; globalThis.Notification = RealNotification; 0");
}

#[wasm_bindgen_test]
async fn where_notifications_are_absent_blocked_or_cannot_be_made_the_page_says_so() {
    js(FAKE);
    js("Notification.permission = 'denied'; 0");
    let running = Running::at("#/demo");
    assert_eq!(running.started().notices, Notices::Blocked);
    drop(running);
    // Chrome on Android.
    js("globalThis.Notification = class { constructor() { throw new TypeError('Illegal constructor'); } };
        Notification.permission = 'default'; Notification.requestPermission = () => { asked += 1; }; 0");
    let running = Running::at("#/demo");
    assert_eq!(running.started().notices, Notices::Askable);
    running.ask(vec![Command::AskToNotify]);
    pause(20).await;
    assert_eq!(running.told(), [Event::NoticesChanged(Notices::Absent)]);
    assert!(is("asked === 0"));
    drop(running);
    js("delete globalThis.Notification; 0");
    let absent = is("!('Notification' in globalThis)");
    let running = Running::at("#/demo");
    running.ask(vec![news("nobody")]);
    assert!(!absent || running.started().notices == Notices::Absent);
    js("globalThis.Notification = RealNotification; 0");
}
