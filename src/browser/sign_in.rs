//! Signing in and out, and getting tokens: authorization code with PKCE by redirect, nothing else. Nothing here ever
//! signs in by itself: a failed return ends with what failed, and the person decides.

use super::address;
use super::js::{folder, get, object, outcome, set, text};
use super::msal::{PublicClientApplication, Refusal, load};
use super::storage::{keep_session_text, session_text};
use crate::app::{Person, Session};
use crate::azure::cloud::Cloud;
use crate::azure::http::Unreachable;
use crate::config::Config;
use js_sys::{Array, Object};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsValue;

/// Where the address waits while the browser is at the sign-in page.
const RETURN: &str = "pgflex.return";

/// MSAL's word for "look in the cache, then use the refresh token": the third way would be a hidden frame, which the
/// page's policy forbids.
const CACHE_AND_REFRESH_TOKEN: u32 = 2;

/// What MSAL keeps beside a sign-in that asks for more proof, and gives back with its answer. The claims themselves
/// are kept by nobody.
const PROOF: &str = "proof";

/// The sign-in of this page: several accounts may be signed in, of which one is in use.
pub struct SignIn {
    msal: PublicClientApplication,
    cloud: Cloud,
    accounts: RefCell<Vec<Rc<Account>>>,
    account: RefCell<Option<Rc<Account>>>,
    proved: Cell<bool>,
}

/// An account that is signed in in this tab.
pub struct Account {
    /// As MSAL has it.
    info: JsValue,
    /// How often a new token was wanted, and up to which of these one was got. Not a yes or no: several requests may
    /// wait for the same new token, and none of them may take the old one.
    wanted: Cell<u32>,
    got: Cell<u32>,
}

/// Has MSAL and `config.json` loaded, if they are not yet.
pub async fn loaded() -> Result<(), Refusal> {
    let failed = |thrown: JsValue| Refusal::own("msal_not_loaded", &text(&thrown, "message").unwrap_or_default());
    outcome(load()).await.map_err(failed)?;
    Ok(())
}

impl SignIn {
    /// Makes the sign-in and takes in the sign-in page's answer, if the address holds one. To be called once on a
    /// page, before anything else reads the address; [`restore_address`] comes next.
    pub async fn begin(config: &Config) -> (Option<Self>, Session) {
        match Self::answered(config).await {
            Ok((sign_in, None)) => {
                let session = sign_in.session();
                (Some(sign_in), session)
            }
            Ok((sign_in, Some(refusal))) => (Some(sign_in), failed(refusal)),
            Err(refusal) => (None, failed(refusal)),
        }
    }

    async fn answered(config: &Config) -> Result<(Self, Option<Refusal>), Refusal> {
        let read = |thrown: JsValue| Refusal::read(&thrown);
        let msal = PublicClientApplication::new(&configuration(config)).map_err(read)?;
        outcome(msal.initialize()).await.map_err(read)?;
        let options = object([("navigateToLoginRequestUrl", false.into())]);
        let (answer, refusal) = match outcome(msal.handle_redirect(&options)).await {
            Ok(answer) => (answer, None),
            Err(thrown) => (JsValue::NULL, Some(Refusal::read(&thrown))),
        };
        let mut all = msal.all_accounts().map(|all| all.to_vec()).unwrap_or_default();
        let account = match get(&answer, "account") {
            Some(account) => {
                msal.set_active_account(&account).map_err(read)?;
                Some(account)
            }
            None => msal.active_account().ok().filter(|account| account.is_object()).or(all.first().cloned()),
        };
        let id = account.as_ref().map(id_of);
        if let Some(account) = account.filter(|_| !all.iter().any(|known| Some(id_of(known)) == id)) {
            all.push(account);
        }
        let sign_in = SignIn {
            msal,
            cloud: config.cloud,
            accounts: RefCell::new(all.into_iter().map(Account::new).collect()),
            account: RefCell::default(),
            proved: Cell::new(text(&answer, "state").as_deref() == Some(PROOF)),
        };
        sign_in.account.replace(id.and_then(|id| sign_in.of(&id)));
        Ok((sign_in, refusal))
    }

    /// Who is signed in.
    pub fn session(&self) -> Session {
        match self.account.borrow().as_ref() {
            None => Session::SignedOut,
            Some(account) => Session::SignedIn(account.person()),
        }
    }

    /// Everybody who is signed in in this tab.
    pub fn people(&self) -> Vec<Person> {
        self.accounts.borrow().iter().map(|account| account.person()).collect()
    }

    /// The account in use. A request goes with the one that was in use when it was asked for, whichever is when its token
    /// has come.
    pub fn account(&self) -> Option<Rc<Account>> {
        self.account.borrow().clone()
    }

    /// The account of this id.
    pub fn of(&self, id: &str) -> Option<Rc<Account>> {
        self.accounts.borrow().iter().find(|account| id_of(&account.info) == id).cloned()
    }

    /// Makes the account of this id the one in use, also for the pages that this tab loads later; `false` where that
    /// cannot be.
    pub fn turn_to(&self, id: &str) -> bool {
        let account = self.of(id).filter(|account| self.msal.set_active_account(&account.info).is_ok());
        let turned = account.is_some();
        if turned {
            self.account.replace(account);
        }
        turned
    }

    /// Whether the page was loaded with the answer to a sign-in with more proof. Told once.
    pub fn proved(&self) -> bool {
        self.proved.take()
    }

    /// From now on the token in the cache is not given any more: Azure did not take it.
    pub fn renew(&self) {
        if let Some(account) = self.account() {
            account.wanted.set(account.wanted.get() + 1);
        }
    }

    /// A token of this account for Azure Resource Manager, from the cache or by the refresh token.
    pub async fn token(&self, account: Option<Rc<Account>>) -> Result<String, Unreachable> {
        // Signed out meanwhile it is no account of this tab any more.
        let Some(account) =
            account.filter(|account| self.accounts.borrow().iter().any(|ours| Rc::ptr_eq(ours, account)))
        else {
            return Err(Unreachable::SignedOut("no_account".to_string()));
        };
        let wanted = account.wanted.get();
        let request = object([
            ("scopes", self.scopes()),
            ("account", account.info.clone()),
            ("cacheLookupPolicy", CACHE_AND_REFRESH_TOKEN.into()),
            ("forceRefresh", (account.got.get() < wanted).into()),
        ]);
        match outcome(self.msal.acquire_token_silent(&request)).await {
            Ok(answer) => match text(&answer, "accessToken").filter(|token| !token.is_empty()) {
                Some(token) => {
                    account.got.set(account.got.get().max(wanted));
                    Ok(token)
                }
                None => Err(Unreachable::SignedOut("no_token".to_string())),
            },
            Err(thrown) => Err(match Refusal::read(&thrown) {
                refusal if refusal.is_of_service() => Unreachable::NoToken,
                refusal => Unreachable::SignedOut(refusal.code),
            }),
        }
    }

    /// Leaves for the sign-in page. Comes back only if that fails. Nothing: the person has come back by the browser's
    /// Back, to the page as it was.
    pub async fn leave(&self, claims: Option<&str>) -> Option<Refusal> {
        // Should storage refuse, the person comes back to the start page: no reason not to let them sign in.
        let _ = keep_session_text(RETURN, Some(&address::read()));
        let request = object([("scopes", self.scopes())]);
        if let Some(claims) = claims {
            let _ = set(&request, "claims", &claims.into());
            let _ = set(&request, "state", &PROOF.into());
            // More proof is asked of the same person.
            if let Some(account) = self.account() {
                let _ = set(&request, "account", &account.info);
            }
        } else {
            let _ = set(&request, "prompt", &"select_account".into());
        }
        let thrown = outcome(self.msal.login_redirect(&request)).await.err()?;
        let _ = keep_session_text(RETURN, None);
        Some(Refusal::read(&thrown)).filter(|refusal| refusal.code != "user_cancelled")
    }

    /// Signs every account out here, then the one in use at Entra, and comes back to the same address: what it leads to
    /// may still go on. Comes back to the caller only if that fails; signed out here they are in any case.
    pub async fn sign_out(&self) -> Option<Refusal> {
        let _ = keep_session_text(RETURN, Some(&address::read()));
        let account = self.account.take();
        self.accounts.take();
        // MSAL clears the account that it signs out. The others are not to be left behind in this tab.
        for other in self.msal.all_accounts().map(|all| all.to_vec()).unwrap_or_default() {
            if Some(id_of(&other)) != account.as_ref().map(|ours| id_of(&ours.info)) {
                let _ = outcome(self.msal.clear_cache(&object([("account", other)]))).await;
            }
        }
        let request = object([("account", account.map_or(JsValue::NULL, |account| account.info.clone()))]);
        outcome(self.msal.logout_redirect(&request)).await.err().map(|thrown| Refusal::read(&thrown))
    }

    fn scopes(&self) -> JsValue {
        Array::of1(&self.cloud.scope().into()).into()
    }
}

impl Account {
    fn new(info: JsValue) -> Rc<Self> {
        Rc::new(Account { info, wanted: Cell::new(0), got: Cell::new(0) })
    }

    fn person(&self) -> Person {
        Person {
            id: id_of(&self.info),
            username: text(&self.info, "username").unwrap_or_default(),
            tenant: text(&self.info, "tenantId").unwrap_or_default(),
        }
    }
}

/// What tells MSAL's accounts apart: the user, and the tenant that is signed in to.
fn id_of(account: &JsValue) -> String {
    let part = |name| text(account, name).unwrap_or_default();
    [part("homeAccountId"), part("tenantId")].join("/")
}

/// How a session looks that a refusal has ended.
pub fn failed(Refusal { code, message }: Refusal) -> Session {
    Session::Failed { code, message }
}

fn configuration(config: &Config) -> Object {
    let (login, here) = (config.cloud.login_host(), folder());
    // MSAL knows the public cloud by heart. Of the others it would ask the public one, which the page's policy
    // forbids: we vouch for the host instead.
    let known = match config.cloud {
        Cloud::Public => Array::new(),
        _ => Array::of1(&login.into()),
    };
    let auth = object([
        ("clientId", config.client_id.as_str().into()),
        ("authority", format!("https://{login}/{}", config.tenant).into()),
        ("knownAuthorities", known.into()),
        ("redirectUri", here.as_str().into()),
        ("postLogoutRedirectUri", here.as_str().into()),
    ]);
    object([("auth", auth.into()), ("cache", object([("cacheLocation", "sessionStorage".into())]).into())])
}

/// Puts back what the address said before the browser left for the sign-in page, however that went.
///
/// Whoever came back by the browser's Back, or has followed a link since, is where they want to be: an address of
/// ours begins with `#/`, and stays. Anything else in there is the sign-in page's answer, or the remains of one, and
/// is taken out of the address and the history even if MSAL has not.
pub fn restore_address() {
    let kept = session_text(RETURN);
    let _ = keep_session_text(RETURN, None);
    let now = address::read();
    if now.starts_with("#/") || (now.is_empty() && kept.is_none()) {
        return;
    }
    address::replace(kept.as_deref().filter(|kept| kept.starts_with("#/")).unwrap_or_default());
}
