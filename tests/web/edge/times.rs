use super::{Running, js, pause};
use pgflex_restore::app::Event;
use pgflex_restore::browser::clock::{Beat, Clock, real};
use pgflex_restore::browser::timers::Timers;
use pgflex_restore::flow::{Command, Ticket};
use pgflex_restore::moment::Span;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen_test::wasm_bindgen_test;

fn after(millis: i64) -> pgflex_restore::moment::Moment {
    real() + Span::from_millis(millis)
}

/// Timers, and the numbers of the tickets that woke.
fn timers(clock: Clock) -> (Rc<Timers>, Rc<RefCell<Vec<u64>>>) {
    let woke = Rc::new(RefCell::new(Vec::new()));
    let timers = Timers::new(clock, {
        let woke = woke.clone();
        move |Ticket(ticket)| woke.borrow_mut().push(ticket)
    });
    (timers, woke)
}

#[wasm_bindgen_test]
async fn waits_end_at_their_moments_whatever_the_order_they_were_asked_for() {
    let (timers, woke) = timers(Clock::REAL);
    timers.set(Ticket(1), after(150));
    timers.set(Ticket(2), after(20));
    timers.set(Ticket(3), after(-5));
    assert!(woke.borrow().is_empty());
    pause(80).await;
    assert_eq!(*woke.borrow(), [3, 2]);
    pause(150).await;
    assert_eq!(*woke.borrow(), [3, 2, 1]);
    assert!(timers.is_empty());
}

#[wasm_bindgen_test]
async fn a_wait_asked_for_again_ends_once_and_a_forgotten_one_never() {
    let (timers, woke) = timers(Clock::REAL);
    timers.set(Ticket(1), after(10));
    timers.set(Ticket(1), after(60));
    assert_eq!(timers.len(), 1);
    pause(40).await;
    assert!(woke.borrow().is_empty());
    pause(60).await;
    assert_eq!(*woke.borrow(), [1]);
    timers.set(Ticket(2), after(10));
    timers.clear(Clock::REAL);
    pause(40).await;
    assert_eq!(*woke.borrow(), [1]);
    timers.set(Ticket(3), after(10));
    drop(timers);
    pause(40).await;
    assert_eq!(*woke.borrow(), [1]);
}

#[wasm_bindgen_test]
async fn a_faster_clock_has_shorter_waits() {
    let clock = Clock::fast(real(), 100);
    let (timers, woke) = timers(clock);
    timers.set(Ticket(1), clock.now() + Span::from_secs(5));
    pause(20).await;
    assert!(woke.borrow().is_empty());
    pause(80).await;
    assert_eq!(*woke.borrow(), [1]);
    assert!(clock.now().since(real()) > Span::from_secs(5));
}

#[wasm_bindgen_test]
async fn a_page_seen_again_after_a_sleep_wakes_at_once() {
    let running = Running::at("#/demo");
    running.started();
    let minute = Span::from_secs(60);
    running.ask(vec![Command::Wake(Ticket(7), real() + minute + minute)]);
    assert_eq!(running.told(), []);
    // The computer slept for ten minutes: the clock went on, no timer did.
    js("globalThis.realNow = Date.now; Date.now = () => realNow() + 600000; 0");
    // What the browser says by several events at once is told by each; the program takes it once.
    js("document.dispatchEvent(new Event('visibilitychange')); 0");
    let told = running.told();
    js("Date.now = realNow; 0");
    assert_eq!(told, [Event::OnlineChanged(true), Event::Woke(Ticket(7)), Event::Resumed]);
}

#[wasm_bindgen_test]
async fn a_clock_put_back_lengthens_no_wait() {
    let (timers, woke) = timers(Clock::REAL);
    timers.set(Ticket(1), after(20_000));
    timers.set(Ticket(2), after(25_000));
    timers.ring();
    assert!(woke.borrow().is_empty());
    js("globalThis.realNow = Date.now; Date.now = () => realNow() - 1000; 0");
    timers.ring();
    assert!(woke.borrow().is_empty(), "a clock that is set right by a second is nothing");
    js("Date.now = () => realNow() - 3600000; 0");
    timers.ring();
    assert_eq!(*woke.borrow(), [1, 2]);
    timers.set(Ticket(3), after(20_000));
    timers.ring();
    js("Date.now = realNow; 0");
    assert_eq!((timers.len(), woke.borrow().len()), (1, 2), "the clock that was put back is the clock now");
}

#[wasm_bindgen_test]
async fn a_wait_that_is_let_go_never_ends() {
    let running = Running::at("#/demo");
    running.started();
    let soon = real() + Span::from_millis(20);
    running.ask(vec![Command::Wake(Ticket(1), soon), Command::Wake(Ticket(2), soon), Command::LetSleep(Ticket(1))]);
    pause(80).await;
    assert_eq!(running.told(), [Event::Woke(Ticket(2))]);
}

#[wasm_bindgen_test]
async fn the_network_and_pages_brought_back_are_told() {
    let running = Running::at("#/demo");
    running.started();
    js("dispatchEvent(new Event('offline')); 0");
    assert_eq!(running.told(), [Event::OnlineChanged(false)]);
    js("dispatchEvent(new Event('online')); 0");
    assert_eq!(running.told(), [Event::OnlineChanged(true), Event::Resumed]);
    // `pageshow` comes with every load as well: that says nothing new.
    js("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: false })); 0");
    assert_eq!(running.told(), []);
    js("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })); 0");
    assert_eq!(running.told(), [Event::OnlineChanged(true), Event::Resumed]);
}

#[wasm_bindgen_test]
async fn a_hidden_page_has_no_beat_and_one_seen_again_has_it_at_once() {
    let beats = Rc::new(Cell::new(0));
    let beat = Beat::new({
        let beats = beats.clone();
        move || beats.set(beats.get() + 1)
    });
    let hide = |hidden: bool| {
        js(&format!(
            "Object.defineProperty(document, 'hidden', {{ get: () => {hidden}, configurable: true }});
             document.dispatchEvent(new Event('visibilitychange')); 0"
        ));
    };
    hide(true);
    pause(1200).await;
    let while_hidden = beats.get();
    hide(false);
    let at_once = beats.get();
    pause(1200).await;
    let later = beats.get();
    drop(beat);
    js("delete document.hidden; 0");
    pause(1200).await;
    assert_eq!((while_hidden, at_once), (0, 1));
    assert!(later > at_once);
    assert_eq!(beats.get(), later);
}
