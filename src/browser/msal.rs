//! The part of MSAL that is used: the global `msal` of `@azure/msal-browser` 5, and how its errors are read.

use super::js::{get, text};
use js_sys::{Array, Object, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    /// Loads MSAL and `config.json`, once however often it is called (`boot.js`).
    #[wasm_bindgen(catch, js_name = pgflexLoadMsal)]
    pub fn load() -> Result<Promise, JsValue>;

    /// MSAL's application.
    #[wasm_bindgen(js_namespace = msal)]
    pub type PublicClientApplication;

    /// An application, not yet initialised.
    #[wasm_bindgen(constructor, js_namespace = msal, catch)]
    pub fn new(configuration: &Object) -> Result<PublicClientApplication, JsValue>;

    /// Makes it ready.
    #[wasm_bindgen(method, catch)]
    pub fn initialize(this: &PublicClientApplication) -> Result<Promise, JsValue>;

    /// Reads the answer of the sign-in page out of the address; `null` where there is none.
    #[wasm_bindgen(method, catch, js_name = handleRedirectPromise)]
    pub fn handle_redirect(this: &PublicClientApplication, options: &Object) -> Result<Promise, JsValue>;

    /// Leaves for the sign-in page; rejects if that fails.
    #[wasm_bindgen(method, catch, js_name = loginRedirect)]
    pub fn login_redirect(this: &PublicClientApplication, request: &Object) -> Result<Promise, JsValue>;

    /// A token, without the person.
    #[wasm_bindgen(method, catch, js_name = acquireTokenSilent)]
    pub fn acquire_token_silent(this: &PublicClientApplication, request: &Object) -> Result<Promise, JsValue>;

    /// Forgets an account and its tokens.
    #[wasm_bindgen(method, catch, js_name = clearCache)]
    pub fn clear_cache(this: &PublicClientApplication, request: &Object) -> Result<Promise, JsValue>;

    /// Forgets an account and leaves for Entra's sign-out page.
    #[wasm_bindgen(method, catch, js_name = logoutRedirect)]
    pub fn logout_redirect(this: &PublicClientApplication, request: &Object) -> Result<Promise, JsValue>;

    /// Every account that it has tokens for.
    #[wasm_bindgen(method, catch, js_name = getAllAccounts)]
    pub fn all_accounts(this: &PublicClientApplication) -> Result<Array, JsValue>;

    /// The account in use; `null` where none is.
    #[wasm_bindgen(method, catch, js_name = getActiveAccount)]
    pub fn active_account(this: &PublicClientApplication) -> Result<JsValue, JsValue>;

    /// Chooses the account in use; a reload of the page remembers it.
    #[wasm_bindgen(method, catch, js_name = setActiveAccount)]
    pub fn set_active_account(this: &PublicClientApplication, account: &JsValue) -> Result<(), JsValue>;
}

/// Its version; nothing where it was not loaded.
pub fn version() -> String {
    get(&js_sys::global(), "msal").and_then(|msal| text(&msal, "version")).unwrap_or_default()
}

/// MSAL's words, and Entra's (the last five: "Microsoft Entra authentication and authorization error codes"), for a
/// service that cannot be asked now.
const OF_SERVICE: [&str; 8] = [
    "network_error",
    "endpoints_resolution_error",
    "openid_config_error",
    "server_error",
    "temporarily_unavailable",
    "AADSTS90024",
    "AADSTS90033",
    "AADSTS90055",
];

/// What MSAL, or Entra through it, has refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Entra's number (`AADSTS65004`) where it gave one, else MSAL's word (`state_mismatch`).
    pub code: String,
    /// Entra's own words. MSAL has none of its own: only where to read about the word.
    pub message: String,
}

impl Refusal {
    /// Reads whatever was thrown.
    pub fn read(thrown: &JsValue) -> Self {
        let message = text(thrown, "errorMessage").or_else(|| text(thrown, "message")).unwrap_or_default();
        let number = get(thrown, "errorNo")
            // A whole number: printing fractions costs fifteen kilobytes.
            .and_then(|number| number.as_string().or_else(|| number.as_f64().map(|number| (number as u64).to_string())))
            .filter(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
            .map(|number| format!("AADSTS{number}"));
        let code = number
            .or_else(|| entra_code(&message))
            .or_else(|| text(thrown, "errorCode").filter(|code| !code.is_empty()))
            .or_else(|| text(thrown, "name"))
            .unwrap_or_else(|| "unknown".to_string());
        let message = if message.contains("aka.ms/msal.js.errors") { String::new() } else { message };
        Refusal { code, message }
    }

    /// A refusal of this program's own.
    pub fn own(code: &str, message: &str) -> Self {
        Refusal { code: code.to_string(), message: message.to_string() }
    }

    /// Whether the sign-in service could not be reached, took too long or has trouble of its own: nobody has refused
    /// anything.
    pub fn is_of_service(&self) -> bool {
        OF_SERVICE.contains(&self.code.as_str())
    }
}

/// The first `AADSTS` with its number in a text.
fn entra_code(text: &str) -> Option<String> {
    let rest = text.get(text.find("AADSTS")?..)?;
    let digits = rest.bytes().skip(6).take_while(u8::is_ascii_digit).count();
    rest.get(..6 + digits).filter(|_| digits > 0).map(str::to_string)
}
