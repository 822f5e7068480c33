//! Starts PG Flex Restore in a browser: the edge runs the program, the view shows it.

#[cfg(target_arch = "wasm32")]
fn main() {
    use leptos::prelude::*;
    use pgflex_restore::{browser, view};
    use std::sync::Arc;

    #[cfg(debug_assertions)]
    browser::tell_panics();
    browser::run(|screen, now| {
        let (screen, set_screen) = arc_signal(screen);
        let (now, set_now) = arc_signal(now);
        let host = view::Host {
            screen,
            now,
            dispatch: Arc::new(browser::dispatch),
            zone: Arc::new(|moment| {
                let (minutes_ahead, name) = browser::zone(moment);
                view::Local { minutes_ahead, name }
            }),
            title: Arc::new(|title| browser::title(&title)),
        };
        mount_to_body(move || view::App(view::AppProps { host }));
        browser::Outlets { screen: Box::new(move |s| set_screen.set(s)), now: Box::new(move |n| set_now.set(n)) }
    });
}

/// Elsewhere there is nothing to start.
#[cfg(not(target_arch = "wasm32"))]
fn main() {}
