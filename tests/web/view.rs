//! The living page: what stays in place while the screen changes below a person's hands.

use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use leptos::task::tick;
use pgflex_restore::app::{Event, Field};
use pgflex_restore::moment::{Moment, Span as Length};
use pgflex_restore::screen::{
    Act, Block, Frame, Help, Input, Page, Point, PointName, Points, Press, Row, Screen, Span, Timeline, Tone, plain,
};
use pgflex_restore::view::{App, AppProps, Host, Local};
use std::sync::{Arc, Mutex};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement, HtmlInputElement, MutationObserver, MutationObserverInit, MutationRecord};

/// A page on the screen, and what it told.
struct Stage {
    screen: ArcRwSignal<Screen>,
    now: ArcRwSignal<Moment>,
    told: Arc<Mutex<Vec<Event>>>,
    root: HtmlElement,
    titles: Arc<Mutex<Vec<String>>>,
    _mounted: Box<dyn std::any::Any>,
    _owner: Owner,
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.root.remove();
    }
}

impl Stage {
    fn new(page: Page) -> Stage {
        let owner = Owner::new();
        owner.set();
        let document = document();
        // A test that failed has left its page.
        while let Ok(Some(left)) = document.query_selector(".stage") {
            left.remove();
        }
        let root: HtmlElement = document.create_element("div").unwrap().dyn_into().unwrap();
        root.set_class_name("stage");
        document.body().unwrap().append_child(&root).unwrap();

        let frame = Frame {
            home: "#/".to_string(),
            nav: vec![],
            account: None,
            banner: None,
            foot: (String::new(), vec![]),
            said: None,
            help: Help { open: false, keys: Vec::new(), on: true },
        };
        let screen = ArcRwSignal::new(Screen { title: "First".to_string(), frame, page, led_to: None });
        let now = ArcRwSignal::new(Moment::parse("2026-11-22T02:12:40Z").unwrap());
        let told = Arc::new(Mutex::new(Vec::new()));
        let titles = Arc::new(Mutex::new(Vec::new()));
        let host = Host {
            screen: screen.read_only(),
            now: now.read_only(),
            dispatch: Arc::new({
                let told = Arc::clone(&told);
                move |event| told.lock().unwrap().push(event)
            }),
            zone: Arc::new(|_| Local { minutes_ahead: 60, name: "CET".to_string() }),
            title: Arc::new({
                let titles = Arc::clone(&titles);
                move |title| titles.lock().unwrap().push(title)
            }),
        };
        let mounted: UnmountHandle<_> = mount_to(root.clone(), move || App(AppProps { host }));
        Stage { screen, now, told, titles, root, _mounted: Box::new(mounted), _owner: owner }
    }

    async fn change(&self, change: impl FnOnce(&mut Page)) {
        self.screen.update(|screen| change(&mut screen.page));
        tick().await;
        tick().await;
    }

    async fn later(&self, seconds: i64) {
        self.now.update(|now| *now = *now + Length::from_secs(seconds));
        tick().await;
        tick().await;
    }

    fn find<T: JsCast>(&self, what: &str) -> T {
        let found = self.root.query_selector(what).unwrap();
        found.unwrap_or_else(|| panic!("{what} in {}", self.root.inner_html())).dyn_into().unwrap()
    }

    fn count(&self, what: &str) -> u32 {
        self.root.query_selector_all(what).unwrap().length()
    }

    fn text(&self) -> String {
        self.root.text_content().unwrap()
    }

    fn told(&self) -> Vec<Event> {
        std::mem::take(&mut self.told.lock().unwrap())
    }
}

/// Notes every change below an element.
struct Watch(js_sys::Array, MutationObserver);

impl Watch {
    fn new(element: &Element) -> Watch {
        let seen = js_sys::Array::new();
        let note = {
            let seen = seen.clone();
            move |records: js_sys::Array| {
                records.for_each(&mut |record, _, _| {
                    seen.push(&record);
                });
            }
        };
        let note = Closure::<dyn FnMut(js_sys::Array)>::new(note).into_js_value();
        let observer = MutationObserver::new(note.unchecked_ref()).unwrap();
        let all = MutationObserverInit::new();
        all.set_attributes(true);
        all.set_character_data(true);
        all.set_child_list(true);
        all.set_subtree(true);
        observer.observe_with_options(element, &all).unwrap();
        Watch(seen, observer)
    }

    fn changes(&self) -> Vec<MutationRecord> {
        self.0.concat(&self.1.take_records()).iter().map(|record| record.unchecked_into()).collect()
    }
}

fn active() -> Option<Element> {
    document().active_element()
}

/// Two frames: the focus is moved once a change is drawn.
async fn frames() {
    for _ in 0..2 {
        let (done, wait) = futures();
        request_animation_frame(done);
        wasm_bindgen_futures::JsFuture::from(wait).await.unwrap();
    }
}

fn futures() -> (impl FnOnce(), js_sys::Promise) {
    let mut resolve = None;
    let promise = js_sys::Promise::new(&mut |yes, _| resolve = Some(yes));
    (move || drop(resolve.unwrap().call0(&wasm_bindgen::JsValue::NULL)), promise)
}

fn prefix(value: &str, error: Option<&str>) -> Block {
    Block::Input(Input {
        field: Field::Prefix,
        label: "File prefix".to_string(),
        hint: plain("Letters."),
        error: error.map(plain),
        value: value.to_string(),
        ending: Some("-k7q2mx".to_string()),
        code: true,
        options: vec![],
    })
}

fn form(blocks: Vec<Block>) -> Vec<Block> {
    vec![Block::Form(blocks, Event::TargetPressed)]
}

fn submit() -> Block {
    let mut buttons = Vec::new();
    buttons.act("Review", Act::Submit).primary();
    Block::Buttons(buttons)
}

fn page(main: Vec<Block>) -> Page {
    Page { key: "one".to_string(), title: "One".to_string(), main, ..Page::default() }
}

fn row(nth: i64) -> Point {
    Point {
        name: PointName::parse(&format!("p{nth}")).unwrap(),
        made: Moment::parse("2026-11-16T23:04:11Z").unwrap() - Length::from_secs(nth * 7 * 86_400),
        state: "Completed".to_string(),
        kind: "Full".to_string(),
        stores: vec!["VaultStore".to_string()],
        tag: "Default".to_string(),
        expires: None,
    }
}

fn points(count: i64) -> Page {
    let points = Points { points: (0..count).map(row).collect(), chosen: PointName::parse("p1"), ..Points::default() };
    Page { points: Some(points), ..page(vec![]) }
}

/// The same, and so many of them by time.
fn by_time(count: i64, drawn: usize) -> Page {
    let mut page = points(count);
    let points = page.points.as_mut().unwrap();
    let until = Moment::parse("2026-11-22T02:12:40Z").unwrap();
    points.timeline = Some(Timeline {
        title: "By time".to_string(),
        ranges: vec![],
        buttons: vec![],
        says: vec![],
        legend: vec![],
        drawn,
        from: points.points[drawn - 1].made,
        until,
        gaps: vec![],
        own: None,
        wish: None,
        points: Arc::clone(&points.points),
    });
    page
}

fn press_key(key: &str) {
    let pressed = web_sys::KeyboardEventInit::new();
    pressed.set_key(key);
    pressed.set_bubbles(true);
    pressed.set_cancelable(true);
    let event = web_sys::KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &pressed).unwrap();
    active().unwrap().dispatch_event(&event).unwrap();
}

/// The point of the mark that has the focus.
fn focused() -> String {
    active().and_then(|mark| mark.get_attribute("data-point")).unwrap_or_default()
}

fn choose(page: &mut Page, name: &str) {
    page.points.as_mut().unwrap().chosen = PointName::parse(name);
}

#[wasm_bindgen_test]
async fn typing_keeps_the_focus_and_the_caret_while_messages_come_and_go() {
    let stage = Stage::new(page(form(vec![prefix("orders", None), submit()])));
    let input: HtmlInputElement = stage.find("#prefix");
    tick().await;
    assert_eq!(input.value(), "orders");
    input.focus().unwrap();

    input.set_value("or ders");
    input.set_selection_range(3, 3).unwrap();
    let bubbling = web_sys::EventInit::new();
    bubbling.set_bubbles(true);
    input.dispatch_event(&web_sys::Event::new_with_event_init_dict("input", &bubbling).unwrap()).unwrap();
    assert_eq!(stage.told(), [Event::Typed(Field::Prefix, "or ders".to_string())]);

    let errors = Block::Errors { title: "Wrong".to_string(), lines: vec![(Field::Prefix, "A blank".to_string())] };
    stage.change(|p| p.main = form(vec![errors, prefix("or ders", Some("A blank")), submit()])).await;
    assert!(stage.text().contains("A blank"));
    assert!(stage.find::<HtmlInputElement>("#prefix").is_same_node(Some(&input)));
    frames().await;
    // The list of errors took the focus, as it has just appeared; back to the field.
    assert_eq!(active().unwrap().id(), "errors");
    input.focus().unwrap();
    input.set_selection_range(3, 3).unwrap();

    stage.change(|p| p.main = form(vec![prefix("or ders", None), submit()])).await;
    frames().await;
    assert!(active().unwrap().is_same_node(Some(&input)));
    assert_eq!(input.selection_start().unwrap(), Some(3));
    assert_eq!(input.value(), "or ders");

    stage.change(|p| p.main = form(vec![prefix("other", None), submit()])).await;
    assert_eq!(input.value(), "other");
}

#[wasm_bindgen_test]
async fn submitting_a_form_tells_once_and_leaves_the_page_where_it_is() {
    let stage = Stage::new(page(form(vec![prefix("orders", None), submit()])));
    stage.find::<HtmlElement>("button[type=submit]").click();
    assert_eq!(stage.told(), [Event::TargetPressed]);
}

#[wasm_bindgen_test]
async fn a_button_that_says_why_it_cannot_be_pressed_does_nothing() {
    let mut off = Vec::new();
    off.tell("Start", Event::StartPressed).unless(Some("Later."));
    off.act("Review", Act::Submit).primary().unless(Some("Later."));
    let stage = Stage::new(page(form(vec![Block::Buttons(off)])));
    let buttons = stage.root.query_selector_all("button").unwrap();
    for nth in 0..buttons.length() {
        buttons.item(nth).unwrap().unchecked_into::<HtmlElement>().click();
    }
    assert_eq!(stage.told(), []);

    // The same button can be pressed once it may be, and has kept the focus meanwhile.
    let button: HtmlElement = stage.find("button[type=button]");
    button.focus().unwrap();
    let mut start = Vec::new();
    start.tell("Start", Event::StartPressed);
    stage.change(|p| p.main = form(vec![Block::Buttons(start)])).await;
    assert!(active().unwrap().is_same_node(Some(&button)));
    button.click();
    assert_eq!(stage.told(), [Event::StartPressed]);
}

#[wasm_bindgen_test]
async fn details_that_were_opened_stay_open() {
    let fold = |text: &str| Block::Fold {
        id: "raw".to_string(),
        summary: plain("Raw status"),
        body: vec![Block::Code { what: "it".to_string(), text: text.to_string() }],
    };
    let stage = Stage::new(page(vec![fold("one")]));
    let details: Element = stage.find("details");
    details.set_attribute("open", "").unwrap();

    let note = Block::Note { tone: Tone::Warn, icon: None, title: "Offline".to_string(), body: vec![] };
    stage.change(|p| p.main = vec![note, Block::Para(plain("More.")), fold("two")]).await;
    assert!(stage.find::<Element>("details").is_same_node(Some(&details)));
    assert!(details.has_attribute("open") && stage.text().contains("two"));

    // Another page starts afresh.
    stage
        .change(|p| {
            p.key = "two".to_string();
            p.main = vec![fold("two")];
        })
        .await;
    assert!(!stage.find::<Element>("details").has_attribute("open"));
}

#[wasm_bindgen_test]
async fn a_tab_that_was_chosen_stays_chosen() {
    let tabs = |text: &str| {
        let tab = |name: &str| (name.to_string(), vec![Block::Para(plain(&[name, text].concat()))]);
        let title = "As a command".to_string();
        let body = vec![Block::Tabs("as".to_string(), vec![tab("az"), tab("REST")])];
        Block::Section { id: "as".to_string(), title, body }
    };
    let stage = Stage::new(page(vec![tabs(" one")]));
    let checked = |nth: u32| {
        let all = stage.root.query_selector_all("input[name=as]").unwrap();
        all.item(nth).unwrap().unchecked_into::<HtmlInputElement>()
    };
    assert!(checked(0).checked() && !checked(1).checked());
    // A press on its name is one on the radio button.
    let name = checked(1).parent_element().unwrap();
    assert_eq!(name.text_content().unwrap(), "REST");
    name.unchecked_into::<HtmlElement>().click();
    assert!(!checked(0).checked() && checked(1).checked());
    assert_eq!(stage.told(), []);

    stage.change(|p| p.main = vec![Block::Para(plain("More.")), tabs(" two")]).await;
    assert!(checked(1).checked() && stage.text().contains("REST two"));
}

#[wasm_bindgen_test]
async fn blocks_are_put_in_order_when_it_changes() {
    let section = |id: &str| Block::Section { id: id.to_string(), title: id.to_string(), body: vec![] };
    let stage = Stage::new(page(["a", "b", "c", "d"].map(section).to_vec()));
    let kept: Element = stage.find("#d");
    stage.change(|p| p.main = ["d", "x", "a", "c"].map(section).to_vec()).await;
    let heads = stage.root.query_selector_all("h2").unwrap();
    let heads: String = (0..heads.length()).map(|i| heads.item(i).unwrap().text_content().unwrap()).collect();
    assert_eq!(heads, "dxac");
    assert!(stage.find::<Element>("#d").is_same_node(Some(&kept)));
}

#[wasm_bindgen_test]
async fn a_row_tells_once_that_it_has_come_on_screen() {
    let table = |key: &str, shown: Event| Block::Table {
        label: key.to_string(),
        columns: vec!["Server".to_string()],
        rows: vec![Row { key: key.to_string(), cells: vec![plain(key)], head: false, shown: Some(shown) }],
    };
    let mut main = vec![table("here", Event::MorePressed)];
    main.extend((0..300).map(|_| Block::Para(plain("Something long."))));
    main.push(table("below", Event::ReadVaultsPressed));
    let stage = Stage::new(Page { title: "A".to_string(), main, ..Page::default() });
    // What the runner has written stands above it.
    stage.find::<Element>("table[aria-label=here]").scroll_into_view();
    frames().await;
    frames().await;
    assert_eq!(stage.told(), [Event::MorePressed], "the other one is far below");
    stage.find::<Element>("table[aria-label=below]").scroll_into_view();
    frames().await;
    frames().await;
    assert_eq!(stage.told(), [Event::ReadVaultsPressed]);
    stage.change(|page| page.title = "B".to_string()).await;
    stage.find::<Element>("table[aria-label=here]").scroll_into_view();
    frames().await;
    frames().await;
    assert_eq!(stage.told(), [], "what was seen is not told again");
}

#[wasm_bindgen_test]
async fn time_goes_on_in_what_is_not_drawn_again() {
    let since = Moment::parse("2026-11-22T02:12:00Z").unwrap();
    let lasting = Block::Para(vec![Span::Lasting(since), Span::Text(" and ".to_string()), Span::Ago(since)]);
    let stage = Stage::new(page(vec![lasting.clone()]));
    assert!(stage.text().contains("40 s and 40 s ago"));
    stage.later(1).await;
    assert!(stage.text().contains("41 s and 41 s ago"));
    stage.change(|p| p.main = vec![lasting, Block::Para(plain("New."))]).await;
    stage.later(120).await;
    assert!(stage.text().contains("2 min 41 s and 2 min ago"), "{}", stage.text());
}

#[wasm_bindgen_test]
async fn a_tick_redraws_no_row() {
    let stage = Stage::new(points(100));
    let watch = Watch::new(&stage.find("table"));
    stage.later(1).await;
    stage.later(59).await;
    assert_eq!(watch.changes().len(), 0);
    stage.later(3600).await;
    let changes = watch.changes();
    assert!(!changes.is_empty() && changes.iter().all(|c| c.type_() == "characterData"));
}

#[wasm_bindgen_test]
async fn a_choice_touches_two_rows() {
    let stage = Stage::new(points(1000));
    assert_eq!(stage.count("tr:not(.table__group):not(thead tr)"), 1000);
    assert!(stage.find::<HtmlInputElement>("input[value=p1]").checked());
    let watch = Watch::new(&stage.find("table"));

    // A click beside the label chooses as well.
    stage.find::<HtmlElement>("tr:has([value=p2]) td:last-child").click();
    assert_eq!(stage.told(), [Event::PointChosen(PointName::parse("p2").unwrap())]);
    stage.change(|p| choose(p, "p2")).await;

    let touched: Vec<Element> = watch.changes().iter().map(|c| c.target().unwrap().unchecked_into()).collect();
    assert_eq!(touched.len(), 2);
    assert!(touched.iter().all(|row| row.tag_name() == "TR"));
    assert_eq!(stage.count(".table__chosen"), 1);
    assert!(stage.find::<HtmlInputElement>(".table__chosen input").checked());
    assert_eq!(stage.count("input:checked"), 1);
}

#[wasm_bindgen_test]
async fn the_label_of_a_point_tells_once() {
    let stage = Stage::new(points(3));
    stage.find::<HtmlElement>("tr:has([value=p2]) label").click();
    assert_eq!(stage.told(), [Event::PointChosen(PointName::parse("p2").unwrap())]);
}

#[wasm_bindgen_test]
async fn more_points_leave_the_months_that_did_not_change() {
    let stage = Stage::new(points(50));
    let first: Element = stage.find("tbody");
    stage.change(|p| p.points.as_mut().unwrap().points = (0..100).map(row).collect()).await;
    assert_eq!(stage.count("input"), 100);
    assert!(stage.find::<Element>("tbody").is_same_node(Some(&first)));
    stage.change(|p| choose(p, "p99")).await;
    assert!(stage.find::<HtmlInputElement>("input[value=p99]").checked());
    stage.change(|p| choose(p, "p0")).await;
    assert!(stage.find::<HtmlInputElement>("input[value=p0]").checked());
    assert_eq!(stage.count(".table__chosen"), 1);
}

#[wasm_bindgen_test]
async fn arrow_keys_move_along_the_marks_of_which_one_is_a_stop_of_the_tab_key() {
    let stage = Stage::new(by_time(20, 20));
    assert_eq!(stage.count("[role=option]"), 20);
    let stop = || stage.find::<Element>("[role=option][tabindex='0']").get_attribute("data-point").unwrap();
    assert_eq!(stop(), "p1", "the chosen one");
    stage.find::<Element>("[tabindex='0']").unchecked_into::<HtmlElement>().focus().unwrap();
    for (key, to) in [
        ("ArrowLeft", "p2"),
        ("ArrowUp", "p3"),
        ("ArrowRight", "p2"),
        ("End", "p0"),
        ("ArrowDown", "p0"),
        ("Home", "p19"),
        ("ArrowLeft", "p19"),
        ("x", "p19"),
        ("ArrowRight", "p18"),
    ] {
        press_key(key);
        assert_eq!((focused().as_str(), stop().as_str()), (to, to), "{key}");
        assert_eq!(stage.count("[role=option][tabindex='0']"), 1, "{key}");
    }
    assert_eq!(stage.told(), [], "moving chooses nothing");
    for key in ["Enter", " "] {
        press_key(key);
        assert_eq!(stage.told(), [Event::PointChosen(PointName::parse("p18").unwrap())], "{key}");
    }
    // The focus stays where it is when the choice is drawn, and when it is made elsewhere; Tab leaves all the same.
    stage.change(|p| choose(p, "p18")).await;
    assert_eq!((focused().as_str(), stage.count("[role=option][tabindex='0']")), ("p18", 1));
    press_key("ArrowRight");
    stage.change(|p| choose(p, "p5")).await;
    assert_eq!(focused(), "p17");
    press_key("Tab");
    assert_eq!((stop().as_str(), stage.count("[role=option][tabindex='0']")), ("p17", 1));
}

#[wasm_bindgen_test]
async fn a_press_on_a_mark_chooses_its_row() {
    let stage = Stage::new(by_time(20, 20));
    let hit: Element = stage.find("[data-point=p7] rect");
    let bubbling = web_sys::EventInit::new();
    bubbling.set_bubbles(true);
    hit.dispatch_event(&web_sys::Event::new_with_event_init_dict("click", &bubbling).unwrap()).unwrap();
    assert_eq!(stage.told(), [Event::PointChosen(PointName::parse("p7").unwrap())]);
    stage.change(|p| choose(p, "p7")).await;
    assert!(stage.find::<HtmlInputElement>("input[value=p7]").checked());
    assert_eq!(stage.find::<Element>("[aria-selected=true]").get_attribute("data-point").unwrap(), "p7");
}

#[wasm_bindgen_test]
async fn a_choice_touches_the_marks_of_two_points_and_their_neighbours_and_a_tick_none() {
    let stage = Stage::new(by_time(300, 300));
    let watch = Watch::new(&stage.find("[role=listbox]"));
    stage.change(|p| choose(p, "p40")).await;
    let changes = watch.changes();
    let touched: Vec<Element> = changes.iter().map(|c| c.target().unwrap().unchecked_into()).collect();
    assert!(changes.iter().all(|c| c.type_() == "attributes"), "nothing is drawn anew");
    let mut marks: Vec<String> = touched.iter().filter_map(|mark| mark.get_attribute("data-point")).collect();
    assert_eq!(marks.len(), touched.len(), "marks and nothing else");
    marks.sort();
    marks.dedup();
    assert_eq!(marks, ["p0", "p1", "p2", "p39", "p40", "p41"]);
    let watch = Watch::new(&stage.find("[role=listbox]"));
    stage.later(1).await;
    stage.later(3600).await;
    stage.change(|p| p.title = "Another".to_string()).await;
    assert_eq!(watch.changes().len(), 0);
}

#[wasm_bindgen_test]
async fn more_points_leave_the_marks_that_are_there() {
    let stage = Stage::new(by_time(100, 50));
    let mark: Element = stage.find("[data-point=p30]");
    stage.change(|p| *p = by_time(100, 100)).await;
    assert_eq!(stage.count("[role=option]"), 100);
    assert!(stage.find::<Element>("[data-point=p30]").is_same_node(Some(&mark)));
}

/// In a release build it tells what drawing takes: `make bench` runs it so. The optimised program draws ten thousand
/// points; a debug build takes too long for the browser's driver.
#[wasm_bindgen_test]
async fn many_points_are_drawn_chosen_and_aged() {
    let clock = web_sys::window().unwrap().performance().unwrap();
    let counts: &[i64] = if cfg!(debug_assertions) { &[1_000] } else { &[1_000, 10_000] };
    for count in counts {
        let begun = clock.now();
        let stage = Stage::new(by_time(*count, 600));
        let drawn = clock.now();
        stage.change(|p| choose(p, &format!("p{}", count - 1))).await;
        let chosen = clock.now();
        stage.later(1).await;
        let ticked = clock.now();
        stage.later(3600).await;
        let aged = clock.now();
        wasm_bindgen_test::console_log!(
            "{count} points: drawn {:.0} ms, chosen {:.0} ms, a tick {:.0} ms, an hour {:.0} ms",
            drawn - begun,
            chosen - drawn,
            ticked - chosen,
            aged - ticked
        );
        assert_eq!((stage.count("input"), stage.count("[role=option]")), (*count as u32, 600));
        assert_eq!(stage.count(".table__chosen"), 1);
    }
}

#[wasm_bindgen_test]
async fn the_focus_goes_to_the_heading_of_another_page_but_not_of_the_first() {
    let stage = Stage::new(page(vec![Block::Para(plain("One."))]));
    frames().await;
    assert_ne!(active().unwrap().id(), "page-title");
    stage.change(|p| p.title = "Still one".to_string()).await;
    frames().await;
    assert_ne!(active().unwrap().id(), "page-title");
    stage.screen.update(|screen| {
        screen.title = "Second\u{202e}".to_string();
        screen.page = Page { key: "two".to_string(), title: "Two".to_string(), ..Page::default() };
    });
    frames().await;
    assert_eq!(active().unwrap().id(), "page-title");
    assert_eq!(active().unwrap().text_content().unwrap(), "Two");
    assert_eq!(*stage.titles.lock().unwrap(), ["First", "Second⟨U+202E⟩"]);
}

#[wasm_bindgen_test]
async fn links_within_the_page_move_the_focus_and_leave_the_address() {
    let lines = vec![(Field::Prefix, "Take the blank out".to_string())];
    let errors = Block::Errors { title: "Wrong".to_string(), lines };
    let stage = Stage::new(page(form(vec![errors, prefix("a b", Some("A blank"))])));
    let address = web_sys::window().unwrap().location().href().unwrap();
    stage.find::<HtmlElement>("#errors a").click();
    assert_eq!(active().unwrap().id(), "prefix");
    stage.find::<HtmlElement>("a.hidden").click();
    assert_eq!(active().unwrap().id(), "main");
    assert_eq!(web_sys::window().unwrap().location().href().unwrap(), address);
}

#[wasm_bindgen_test]
async fn a_choice_from_a_list_follows_the_screen() {
    let region = |value: &str| {
        Block::Input(Input {
            field: Field::Region,
            label: "Region".to_string(),
            hint: vec![],
            error: None,
            value: value.to_string(),
            ending: None,
            code: false,
            options: ["weu", "neu"].map(|name| (name.to_string(), name.to_uppercase())).to_vec(),
        })
    };
    let stage = Stage::new(page(vec![region("neu")]));
    let chosen = || stage.find::<Element>("select option:checked").get_attribute("value").unwrap();
    assert_eq!(chosen(), "neu");
    stage.change(|p| p.main = vec![region("weu")]).await;
    assert_eq!(chosen(), "weu");
}
