use super::{Running, call, js, pause, replace};
use pgflex_restore::app::{Event, Person, Session};
use pgflex_restore::azure::http::{ArmUrl, Method, Request, Unreachable};
use pgflex_restore::browser::address;
use pgflex_restore::browser::host_config::read_answer;
use pgflex_restore::browser::msal::Refusal;
use pgflex_restore::config::Kind;
use pgflex_restore::flow::{Command, Ticket};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

/// Puts a stand-in for MSAL in the page. `redirect`, `token` and `login` are what its methods do.
fn msal(redirect: &str, token: &str, login: &str) {
    js(&format!(
        r#"globalThis.pgflexStart = {{ demo: false, config: {{ status: 200, type: "application/json", text:
             '{{"clientId":"11111111-2222-4333-8444-555555555555","tenant":"organizations"}}' }} }};
           globalThis.pgflexLoadMsal = async () => {{}};
           globalThis.calls = [];
           globalThis.account = {{ homeAccountId: "1.2", username: "ana@contoso.example", tenantId: "t-1" }};
           globalThis.msal = {{ PublicClientApplication: class {{
             constructor(config) {{ calls.push(["new", config]) }}
             async initialize() {{ calls.push(["initialize"]) }}
             async handleRedirectPromise(options) {{ calls.push(["redirect", options, location.hash]); {redirect} }}
             async acquireTokenSilent(request) {{ calls.push(["token", request]); {token} }}
             async loginRedirect(request) {{ calls.push(["login", request]); {login} }}
             async logoutRedirect(request) {{ calls.push(["logout", request]) }}
             async clearCache(request) {{ calls.push(["clear", request]) }}
             getAllAccounts() {{ return globalThis.accounts ?? [] }}
             getActiveAccount() {{ return null }}
             setActiveAccount(account) {{ calls.push(["active", account.username]) }}
           }} }};
           globalThis.callsMade = () => {{ const made = JSON.stringify(calls); calls.length = 0; return made }};
           globalThis.removeMsal = () => {{ delete globalThis.msal; delete globalThis.pgflexLoadMsal;
             delete globalThis.pgflexStart; delete globalThis.accounts; sessionStorage.clear() }}; 0"#
    ));
}

fn calls() -> String {
    call("callsMade").as_string().expect("a text")
}

fn done() {
    call("removeMsal");
    replace("#/demo");
}

fn ana() -> Session {
    Session::SignedIn(person("1.2", "ana@contoso.example", "t-1"))
}

fn person(home: &str, username: &str, tenant: &str) -> Person {
    Person { id: format!("{home}/{tenant}"), username: username.to_string(), tenant: tenant.to_string() }
}

fn request() -> Request {
    Request {
        method: Method::Get,
        url: ArmUrl::admit("management.azure.com", "https://management.azure.com/subscriptions/1/x", None)
            .expect("an address of Azure"),
        headers: Vec::new(),
        body: None,
    }
}

#[wasm_bindgen_test]
async fn after_signing_in_the_page_is_where_the_person_was() {
    msal("return { account }", "", "");
    js("sessionStorage.setItem('pgflex.return', '#/find?v=1'); 0");
    let running = Running::at("#code=secret&state=abc");
    pause(50).await;
    let start = running.started();
    let calls = calls();
    let after = (address::read(), js("sessionStorage.getItem('pgflex.return')"));
    done();
    assert_eq!((start.address.as_str(), start.session), ("#/find?v=1", ana()));
    assert_eq!(start.config.map(|config| config.tenant), Ok("organizations".to_string()));
    assert_eq!(after, ("#/find?v=1".to_string(), JsValue::NULL));
    // MSAL saw the answer, once; and it was set up as it has to be.
    assert_eq!(
        calls.matches("\"redirect\",{\"navigateToLoginRequestUrl\":false},\"#code=secret").count(),
        1,
        "{calls}"
    );
    assert!(calls.contains("\"authority\":\"https://login.microsoftonline.com/organizations\""), "{calls}");
    assert!(calls.contains("\"cacheLocation\":\"sessionStorage\"") && calls.contains("\"active\""), "{calls}");
}

#[wasm_bindgen_test]
async fn a_failed_return_says_why_keeps_the_link_and_does_not_go_again() {
    msal(
        "throw { errorCode: 'access_denied', errorMessage: 'AADSTS65004: User declined. Trace ID: 1', name: 'ServerError' }",
        "",
        "",
    );
    js("sessionStorage.setItem('pgflex.return', '#/find?v=1'); 0");
    let running = Running::at("#error=access_denied&state=abc");
    pause(50).await;
    let start = running.started();
    let calls = calls();
    done();
    let Session::Failed { code, message } = start.session else { panic!("{:?}", start.session) };
    assert_eq!((code.as_str(), start.address.as_str()), ("AADSTS65004", "#/find?v=1"));
    assert!(message.starts_with("AADSTS65004: User declined"));
    assert!(!calls.contains("[\"login\""), "{calls}");
}

#[wasm_bindgen_test]
async fn an_answer_that_nobody_asked_for_leaves_the_address_and_signs_nobody_in() {
    msal("return null", "", "");
    let running = Running::at("#code=foreign&state=foreign");
    pause(50).await;
    let start = running.started();
    done();
    assert_eq!((start.address.as_str(), start.session), ("", Session::SignedOut));
}

#[wasm_bindgen_test]
async fn signing_in_keeps_the_address_and_asks_for_one_scope() {
    msal("return null", "", "");
    let running = Running::at("#/find?v=1");
    pause(50).await;
    assert_eq!(running.started().session, Session::SignedOut);
    calls();
    running.ask(vec![Command::SignIn { claims: None }]);
    pause(50).await;
    let (told, calls, kept) = (running.told(), calls(), js("sessionStorage.getItem('pgflex.return')").as_string());
    // The person comes back by Back: the page is brought back as it was.
    js("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })); 0");
    let back = running.told();
    done();
    assert_eq!(told, [Event::SessionChanged(Session::Leaving)]);
    assert_eq!(kept.as_deref(), Some("#/find?v=1"));
    assert_eq!(
        calls,
        r#"[["login",{"scopes":["https://management.azure.com/user_impersonation"],"prompt":"select_account"}]]"#
    );
    assert_eq!(back, [Event::SessionChanged(Session::SignedOut), Event::OnlineChanged(true), Event::Resumed]);
}

#[wasm_bindgen_test]
async fn without_a_token_nothing_is_sent() {
    for (thrown, expected) in [
        (
            "{ errorCode: 'invalid_grant', errorNo: 700082, errorMessage: 'Error(s): 700082' }",
            Unreachable::SignedOut("AADSTS700082".to_string()),
        ),
        (
            "{ errorCode: 'login_required', errorMessage: 'See https://aka.ms/msal.js.errors#login_required for details' }",
            Unreachable::SignedOut("login_required".to_string()),
        ),
        ("{ errorCode: 'network_error', errorMessage: 'x' }", Unreachable::NoToken),
        ("{ errorCode: 'temporarily_unavailable', errorMessage: 'AADSTS90033: try later' }", Unreachable::NoToken),
    ] {
        msal("return { account }", &format!("throw {thrown}"), "");
        let running = Running::at("#/find");
        pause(50).await;
        running.started();
        js("globalThis.realFetch ??= fetch; globalThis.fetch = () => { throw 'sent' }; 0");
        running.ask(vec![Command::Send(Ticket(1), request())]);
        pause(50).await;
        js("globalThis.fetch = realFetch; 0");
        let told = running.told();
        done();
        assert_eq!(told, [Event::Answered(Ticket(1), Err(expected))]);
    }
}

/// Whether a new token was asked for, for each time that one was.
fn forced() -> Vec<bool> {
    let calls = calls();
    let tokens = calls.split("[\"token\",").skip(1);
    tokens.map(|request| request.contains("\"forceRefresh\":true")).collect()
}

#[wasm_bindgen_test]
async fn once_azure_took_a_token_no_more_nothing_goes_with_it_again() {
    msal(
        "return { account }",
        "if (globalThis.dead) throw { errorCode: 'network_error' };
         await new Promise((done) => setTimeout(done, 20)); return { accessToken: 'the-token' }",
        "",
    );
    let running = Running::at("#/find");
    pause(50).await;
    running.started();
    js("globalThis.realFetch ??= fetch; globalThis.fetch = async () => new Response(''); 0");
    let send = |ticket| Command::Send(Ticket(ticket), request());
    calls();
    running.ask(vec![send(1)]);
    pause(50).await;
    let before = forced();
    // The sign-in service cannot be reached: the wish stays.
    js("globalThis.dead = true; 0");
    running.ask(vec![Command::Renew, send(2)]);
    pause(50).await;
    let in_vain = forced();
    js("delete globalThis.dead; 0");
    // Both are under way before the new token is there.
    running.ask(vec![send(3), send(4)]);
    pause(100).await;
    let side_by_side = forced();
    running.ask(vec![send(5)]);
    pause(50).await;
    let after = forced();
    js("globalThis.fetch = realFetch; 0");
    done();
    assert_eq!(before, [false]);
    assert_eq!(in_vain, [true]);
    assert_eq!(side_by_side, [true, true]);
    assert_eq!(after, [false]);
}

#[wasm_bindgen_test]
async fn more_proof_is_asked_of_the_same_person_and_the_claims_are_kept_nowhere() {
    msal("return { account }", "", "");
    let running = Running::at("#/find?v=1");
    pause(50).await;
    assert!(!running.started().proved);
    calls();
    running.ask(vec![Command::SignIn { claims: Some(r#"{"access_token":{"nbf":1}}"#.to_string()) }]);
    pause(50).await;
    let (calls, kept) = (calls(), js("JSON.stringify([{ ...sessionStorage }, { ...localStorage }])"));
    done();
    let asked = r#""claims":"{\"access_token\":{\"nbf\":1}}","state":"proof","account":{"homeAccountId":"1.2""#;
    assert!(calls.contains(asked) && !calls.contains("prompt"), "{calls}");
    let kept = kept.as_string().expect("a text");
    assert!(kept.contains("#/find?v=1") && !kept.contains("access_token") && !kept.contains("nbf"), "{kept}");
}

#[wasm_bindgen_test]
async fn who_comes_back_from_more_proof_is_told_once() {
    msal("return { account, state: 'proof' }", "", "");
    let running = Running::at("#code=secret&state=abc");
    pause(50).await;
    let proved = running.started().proved;
    // To the demo, and back.
    for at in ["#/demo", "#/find"] {
        replace(at);
        js("dispatchEvent(new PopStateEvent('popstate')); 0");
        pause(50).await;
    }
    let again = running.told().into_iter().rev().find_map(|event| match event {
        Event::Started(start) => Some(*start),
        _ => None,
    });
    done();
    assert!(proved);
    assert_eq!(again.map(|start| (start.address, start.proved, start.session)), Some(("#/find".into(), false, ana())));
}

#[wasm_bindgen_test]
async fn signing_out_comes_back_to_the_same_address() {
    msal("return { account }", "", "");
    let running = Running::at("#/find?v=1");
    pause(50).await;
    running.started();
    running.ask(vec![Command::SignOut]);
    pause(50).await;
    let kept = js("sessionStorage.getItem('pgflex.return')").as_string();
    done();
    assert_eq!(kept.as_deref(), Some("#/find?v=1"));
}

#[wasm_bindgen_test]
async fn after_signing_out_a_page_that_is_brought_back_as_it_was_shows_nobody_signed_in() {
    msal("return { account }", "", "");
    let running = Running::at("#/find");
    pause(50).await;
    running.started();
    js(
        "msal.PublicClientApplication.prototype.logoutRedirect = () => new Promise((_, fail) => { globalThis.fail = fail }); 0",
    );
    running.ask(vec![Command::SignOut]);
    pause(50).await;
    let left = running.told();
    js("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })); 0");
    let back = running.told();
    // MSAL has waited for the browser to leave.
    js("fail({ errorCode: 'timed_out' }); 0");
    pause(50).await;
    let late = running.told();
    done();
    assert_eq!(left, [Event::SessionChanged(Session::Leaving)]);
    assert_eq!(back, [Event::SessionChanged(Session::SignedOut), Event::OnlineChanged(true), Event::Resumed]);
    assert_eq!(late, []);
}

#[wasm_bindgen_test]
async fn a_request_carries_the_token_and_signing_out_forgets_the_account() {
    msal("return { account }", "return { accessToken: 'the-token' }", "");
    let running = Running::at("#/find");
    pause(50).await;
    running.started();
    js("globalThis.realFetch ??= fetch;
        globalThis.fetch = async (request) => new Response(request.headers.get('authorization')); 0");
    running.ask(vec![Command::Send(Ticket(1), request())]);
    pause(50).await;
    js("globalThis.fetch = realFetch; 0");
    let told = running.told();
    running.ask(vec![Command::SignOut, Command::Send(Ticket(2), request())]);
    pause(50).await;
    let (after, calls) = (running.told(), calls());
    done();
    let [Event::Answered(Ticket(1), Ok(response))] = told.as_slice() else { panic!("{told:?}") };
    assert_eq!(response.body, "Bearer the-token");
    assert!(after.contains(&Event::SessionChanged(Session::SignedOut)), "{after:?}");
    let signed_out = Unreachable::SignedOut("no_account".to_string());
    assert!(after.contains(&Event::Answered(Ticket(2), Err(signed_out))), "{after:?}");
    assert!(calls.contains(r#""cacheLookupPolicy":2"#) && calls.contains(r#"["logout",{"account":{"home"#), "{calls}");
}

#[wasm_bindgen_test]
async fn msal_that_does_not_load_is_a_failed_sign_in_and_not_a_dead_page() {
    js("globalThis.pgflexLoadMsal = async () => { throw new Error('A part of this page is missing.') }; 0");
    let running = Running::at("#/find");
    pause(50).await;
    let start = running.started();
    js("delete globalThis.pgflexLoadMsal; 0");
    replace("#/demo");
    let message = "A part of this page is missing.".to_string();
    assert_eq!(start.session, Session::Failed { code: "msal_not_loaded".to_string(), message });
}

/// Has MSAL fail to load, once.
fn msal_fails_once() {
    msal("return null", "", "");
    js("{ const load = pgflexLoadMsal;
          globalThis.pgflexLoadMsal = async () => { globalThis.pgflexLoadMsal = load; throw new Error('Not there.') } } 0");
}

fn not_loaded() -> Session {
    Session::Failed { code: "msal_not_loaded".to_string(), message: "Not there.".to_string() }
}

#[wasm_bindgen_test]
async fn whoever_signs_in_has_msal_loaded_that_did_not_load_and_goes_on_to_the_sign_in_page() {
    msal_fails_once();
    let running = Running::at("#/find");
    pause(50).await;
    let first = running.started();
    let logins = calls().matches("[\"login\"").count();
    running.ask(vec![Command::SignIn { claims: None }]);
    pause(50).await;
    let (told, calls) = (running.told(), calls());
    done();
    assert_eq!((first.session, logins), (not_loaded(), 0));
    assert!(first.config.is_ok(), "the configuration has come without MSAL");
    let [Event::Started(again), Event::SessionChanged(Session::Leaving)] = told.as_slice() else { panic!("{told:?}") };
    assert_eq!(again.session, Session::SignedOut);
    assert_eq!(calls.matches("[\"login\"").count(), 1, "{calls}");
}

#[wasm_bindgen_test]
async fn whoever_leaves_the_demo_again_has_msal_loaded_that_did_not_load() {
    msal_fails_once();
    let running = Running::at("#/");
    pause(50).await;
    let first = running.started();
    running.ask(vec![Command::Go("#/demo".to_string())]);
    pause(50).await;
    running.told();
    running.ask(vec![Command::Go("#/".to_string())]);
    pause(50).await;
    let again = running.started();
    done();
    assert_eq!((first.session, again.session), (not_loaded(), Session::SignedOut));
}

#[wasm_bindgen_test]
fn refusals_are_named_by_entras_number_where_there_is_one() {
    let code = |thrown: &str| Refusal::read(&js(&format!("({thrown})"))).code;
    assert_eq!(code("{ errorCode: 'invalid_request', errorMessage: 'AADSTS50011: The redirect URI' }"), "AADSTS50011");
    assert_eq!(code("{ errorCode: 'server_error', errorNo: '9002326', errorMessage: '' }"), "AADSTS9002326");
    assert_eq!(
        code("{ errorCode: 'state_mismatch', errorMessage: 'See https://aka.ms/msal.js.errors#state_mismatch' }"),
        "state_mismatch"
    );
    assert_eq!(code("new TypeError('x')"), "TypeError");
    assert_eq!(code("'thrown'"), "unknown");
}

#[wasm_bindgen_test]
fn the_hosts_answer_for_its_configuration_is_told_apart() {
    let kind = |answer: &str| {
        let problems = read_answer(&js(&format!("({answer})"))).err().unwrap_or_default();
        problems.into_iter().next().map(|problem| problem.kind)
    };
    assert_eq!(kind("{ status: 404, type: 'text/html', text: '' }"), Some(Kind::Absent));
    assert_eq!(kind("{ status: 200, type: 'text/html; charset=utf-8', text: '<!doctype html>' }"), Some(Kind::Absent));
    assert_eq!(kind("{ status: 500, type: '', text: '' }"), Some(Kind::Unreadable));
    assert_eq!(kind("{ error: 'Failed to fetch' }"), Some(Kind::Unreadable));
    assert_eq!(kind("null"), Some(Kind::Unreadable));
    assert_eq!(kind("{ status: 200, type: 'application/json', text: '[' }"), Some(Kind::NotJson));
}

/// Has two accounts be signed in, each with a token of its own, and has Azure answer with the token that was sent.
fn two_accounts() -> Running {
    msal(
        "return { account }",
        "await new Promise((done) => setTimeout(done, 20)); return { accessToken: 'token-of-' + request.account.username }",
        "",
    );
    js("globalThis.accounts = [account,
          { homeAccountId: '3.4', username: 'ben@contoso.example', tenantId: 't-2' }];
        globalThis.realFetch ??= fetch; globalThis.sent = [];
        globalThis.fetch = async (request) => {
          sent.push(request.headers.get('authorization') + ' ' + request.credentials + ' ' + request.redirect);
          return new Response(request.headers.get('authorization')) }; 0");
    Running::at("#/find")
}

fn two_are_done() {
    js("globalThis.fetch = realFetch; 0");
    done();
}

/// Which tokens were sent since the last look, and how.
fn tokens_sent() -> String {
    js("sent.splice(0).join('; ')").as_string().expect("a text")
}

fn answers(told: &[Event]) -> Vec<String> {
    let answer = |event: &Event| match event {
        Event::Answered(Ticket(ticket), Ok(response)) => Some(format!("{ticket}: {}", response.body)),
        Event::Answered(Ticket(ticket), Err(why)) => Some(format!("{ticket}: {why:?}")),
        _ => None,
    };
    told.iter().filter_map(answer).collect()
}

#[wasm_bindgen_test]
async fn everybody_who_is_signed_in_is_told_and_the_one_who_came_back_is_in_use() {
    let running = two_accounts();
    pause(50).await;
    let start = running.started();
    two_are_done();
    assert_eq!(start.session, ana());
    let (ana, ben) = (person("1.2", "ana@contoso.example", "t-1"), person("3.4", "ben@contoso.example", "t-2"));
    assert_eq!(start.accounts, [ana, ben]);
}

#[wasm_bindgen_test]
async fn one_request_goes_with_the_token_of_another_account_and_the_next_does_not() {
    let running = two_accounts();
    pause(50).await;
    running.started();
    running.ask(vec![
        Command::SendAs(Ticket(1), request(), "3.4/t-2".to_string()),
        Command::Send(Ticket(2), request()),
        Command::SendAs(Ticket(3), request(), "nobody".to_string()),
    ]);
    pause(100).await;
    let (told, sent) = (running.told(), tokens_sent());
    two_are_done();
    let mut answers = answers(&told);
    answers.sort();
    let nobody = format!("3: {:?}", Unreachable::SignedOut("no_account".to_string()));
    assert_eq!(answers, ["1: Bearer token-of-ben@contoso.example", "2: Bearer token-of-ana@contoso.example", &nobody]);
    assert_eq!(sent.matches(" omit error").count(), 2, "held to what every request is: {sent}");
}

#[wasm_bindgen_test]
async fn another_account_begins_anew_and_hears_nothing_that_was_asked_for_the_one_before() {
    let running = two_accounts();
    pause(50).await;
    running.started();
    calls();
    // The first leaves before the switch, though its token comes after it; the rest of the batch is dropped.
    running.ask(vec![
        Command::Send(Ticket(1), request()),
        Command::UseAccount("3.4/t-2".to_string()),
        Command::Send(Ticket(2), request()),
    ]);
    let again = running.started();
    running.ask(vec![Command::Send(Ticket(3), request())]);
    pause(100).await;
    let (told, sent, calls) = (running.told(), tokens_sent(), calls());
    two_are_done();
    assert_eq!(again.session, Session::SignedIn(person("3.4", "ben@contoso.example", "t-2")));
    assert_eq!((again.address.as_str(), again.accounts.len()), ("#/find", 2));
    assert_eq!(answers(&told), ["3: Bearer token-of-ben@contoso.example"]);
    assert_eq!(sent, "Bearer token-of-ana@contoso.example omit error; Bearer token-of-ben@contoso.example omit error");
    assert!(calls.contains(r#"["active","ben@contoso.example"]"#), "a reload goes on as this one: {calls}");
}

#[wasm_bindgen_test]
async fn a_new_token_is_wanted_of_the_account_whose_was_refused_alone() {
    let running = two_accounts();
    pause(50).await;
    running.started();
    calls();
    running.ask(vec![Command::Renew, Command::SendAs(Ticket(1), request(), "3.4/t-2".to_string())]);
    pause(60).await;
    let other = forced();
    running.ask(vec![Command::UseAccount("3.4/t-2".to_string())]);
    running.ask(vec![Command::Send(Ticket(2), request())]);
    pause(60).await;
    let switched = forced();
    running.ask(vec![Command::UseAccount("1.2/t-1".to_string())]);
    running.ask(vec![Command::Send(Ticket(3), request())]);
    pause(60).await;
    let back = forced();
    two_are_done();
    assert_eq!((other, switched, back), (vec![false], vec![false], vec![true]));
}

#[wasm_bindgen_test]
async fn signing_out_forgets_every_account_of_this_tab() {
    let running = two_accounts();
    pause(50).await;
    running.started();
    calls();
    let as_ben = || Command::SendAs(Ticket(1), request(), "3.4/t-2".to_string());
    running.ask(vec![Command::SignOut, as_ben()]);
    pause(60).await;
    running.ask(vec![Command::UseAccount("3.4/t-2".to_string()), as_ben()]);
    pause(60).await;
    let (told, sent, calls) = (running.told(), tokens_sent(), calls());
    two_are_done();
    assert!(told.contains(&Event::SessionChanged(Session::SignedOut)), "{told:?}");
    assert!(!told.iter().any(|event| matches!(event, Event::Started(_))), "nobody is left to switch to: {told:?}");
    assert_eq!(sent, "");
    assert_eq!(calls.matches(r#"["clear","#).count(), 1, "{calls}");
    assert!(calls.contains(r#"["logout",{"account":{"homeAccountId":"1.2""#), "{calls}");
}
