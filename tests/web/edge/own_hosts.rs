use super::{Running, js, pause};
use pgflex_restore::app::Event;
use pgflex_restore::azure::http::Unreachable;
use pgflex_restore::browser::js as page;
use pgflex_restore::flow::host::File;
use pgflex_restore::flow::{Command, Ticket};
use wasm_bindgen_test::wasm_bindgen_test;

/// Has it ask about these, and gives what was told.
async fn asked(running: &Running, files: &[File]) -> Vec<Event> {
    let of = |(nth, file): (usize, &File)| Command::AskHost(Ticket(nth as u64), *file);
    running.ask(files.iter().enumerate().map(of).collect());
    pause(300).await;
    running.told()
}

async fn demo() -> Running {
    let running = Running::at("#/demo");
    pause(300).await;
    running.told();
    running
}

#[wasm_bindgen_test]
async fn the_host_is_asked_for_its_own_files_and_nothing_goes_along() {
    let running = demo().await;
    js("globalThis.asked = []; globalThis.realFetch ??= fetch;
        globalThis.fetch = async (request) => {
          asked.push([request.method, request.url, request.mode, request.credentials, request.redirect, request.cache,
                      request.referrerPolicy, [...request.headers].length].join(' '));
          return new Response(null, { status: 203, headers: { 'Cache-Control': 'no-cache' } });
        };
        const meta = document.createElement('meta');
        meta.name = 'pgflex-files'; meta.dataset.wasm = 'app-0123456789abcdef.wasm'; meta.id = 'for-hosts';
        document.head.append(meta); 0");
    let told = asked(&running, &File::ALL).await;
    let sent = js("globalThis.fetch = realFetch; document.getElementById('for-hosts').remove(); asked.join()");
    let expected: Vec<String> = ["", "config.json", "app-0123456789abcdef.wasm", "no-such-file.js"]
        .map(|name| {
            let folder = page::folder();
            format!("HEAD {folder}{name} same-origin omit error no-store no-referrer 0")
        })
        .into();
    assert_eq!(sent.as_string(), Some(expected.join(",")));
    assert_eq!(told.len(), 4);
    for (nth, event) in told.into_iter().enumerate() {
        let Event::Answered(ticket, Ok(response)) = event else { panic!("no answer: {event:?}") };
        assert_eq!((ticket, response.status), (Ticket(nth as u64), 203));
        assert_eq!(response.header("cache-control"), Some("no-cache"));
    }
}

#[wasm_bindgen_test]
async fn a_host_that_answers_says_what_it_sends_and_what_it_does_not_have() {
    let running = demo().await;
    let told = asked(&running, &[File::Page, File::Absent]).await;
    let mut statuses: Vec<_> = told
        .iter()
        .map(|event| match event {
            Event::Answered(ticket, Ok(response)) => {
                (*ticket, response.status, response.header("content-type").is_some())
            }
            other => panic!("no answer: {other:?}"),
        })
        .collect();
    statuses.sort_by_key(|(ticket, ..)| *ticket);
    assert_eq!(statuses[0], (Ticket(0), 200, true));
    assert_eq!((statuses[1].0, statuses[1].1), (Ticket(1), 404));
}

#[wasm_bindgen_test]
async fn what_cannot_be_asked_is_told_and_nothing_is_tried_twice() {
    let running = demo().await;
    // A page that names no files.
    let refused = Event::Answered(Ticket(0), Err(Unreachable::Refused));
    assert_eq!(asked(&running, &[File::Program]).await, [refused]);
    js("globalThis.tries = 0; globalThis.realFetch ??= fetch;
        globalThis.fetch = async () => { tries += 1; throw new TypeError('Failed to fetch'); }; 0");
    let told = asked(&running, &[File::Page]).await;
    let tries = js("globalThis.fetch = realFetch; tries").as_f64();
    assert_eq!((told, tries), (vec![Event::Answered(Ticket(0), Err(Unreachable::NoAnswer))], Some(1.0)));
    js("Object.defineProperty(navigator, 'onLine', { get: () => false, configurable: true }); 0");
    let told = asked(&running, &[File::Page]).await;
    js("delete navigator.onLine; 0");
    assert_eq!(told, [Event::Answered(Ticket(0), Err(Unreachable::Offline))]);
}
