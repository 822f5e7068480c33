//! Whichever way the app is registered, by the script, by Bicep, by Terraform or by the page's own command, it is the same.
//!
//! Bicep and Terraform are read by their grammars, as files. Neither tool has run them: what the Graph extension and the
//! azuread provider make of the names is as their references say ("Microsoft.Graph applications" of Microsoft Graph
//! Bicep v1.0, `docs/resources` of hashicorp/terraform-provider-azuread).

use super::file;
use super::register::{PAGE, bodies, shell};
use super::tree::{Source, literal, named, put, said};
use pgflex_restore::words::page::register;
use serde_json::{Map, Value, json};
use tree_sitter::Node;

const TEAM: &str = "7ac02f95-e3d1-4860-a5b9-4d8f16e2c073";

/// What has to be the same.
fn expected() -> Value {
    json!({
        "name": "PG Flex Restore",
        "audience": "AzureADMyOrg",
        "permission": ["797f4846-ba00-4fd7-ba43-dac1f8f63013", "41094075-9dad-400e-a0bd-54e686782033", "Scope"],
        "publicClient": false,
        "implicitGrant": [false, false],
        "assignmentRequired": true,
        "role": "00000000-0000-0000-0000-000000000000",
    })
}

/// What is registered by a body that Microsoft Graph is sent.
fn of_body(app: &Value) -> Value {
    assert!(app["spa"]["redirectUris"].is_array(), "a single-page application's: {app}");
    let [api] = app["requiredResourceAccess"].as_array().unwrap().as_slice() else { panic!("one API: {app}") };
    let [one] = api["resourceAccess"].as_array().unwrap().as_slice() else { panic!("one permission: {app}") };
    let grant = &app["web"]["implicitGrantSettings"];
    json!({
        "name": app["displayName"],
        "audience": app["signInAudience"],
        "permission": [api["resourceAppId"], one["id"], one["type"]],
        "publicClient": app["isFallbackPublicClient"],
        "implicitGrant": [grant["enableAccessTokenIssuance"], grant["enableIdTokenIssuance"]],
    })
}

/// The names of a body that are not those of a registration without a secret.
#[track_caller]
fn no_more_than(body: &Value, names: &[&str]) {
    let more: Vec<&String> = body.as_object().unwrap().keys().filter(|name| !names.contains(&name.as_str())).collect();
    assert!(more.is_empty(), "{more:?}");
}

const NAMES: [&str; 7] =
    ["displayName", "signInAudience", "isFallbackPublicClient", "spa", "web", "requiredResourceAccess", "uniqueName"];

#[test]
fn the_script_registers_this_and_no_secret() {
    let ran = shell().run("register.sh", &["--assign", TEAM, PAGE]);
    let [app, principal, person] = bodies(&ran).try_into().unwrap();
    let mut registered = of_body(&app);
    registered["assignmentRequired"] = principal["appRoleAssignmentRequired"].clone();
    registered["role"] = person["appRoleId"].clone();
    assert_eq!(registered, expected());
    assert_eq!(app["spa"], json!({ "redirectUris": [PAGE] }));
    assert_eq!(person["principalId"], TEAM);
    no_more_than(&app, &NAMES);
}

#[test]
fn the_page_s_own_command_registers_the_same() {
    let (page, script) = (shell(), shell());
    let (page, script) = (page.bash(&["-c", &register(PAGE)]), script.run("register.sh", &[PAGE]));
    assert_eq!((page.asked.len(), &page.bodies), (script.asked.len(), &script.bodies));
    assert_eq!((page.went_well, page.told(), page.err), (true, script.told(), script.err));
}

/// The grammar is older than this statement ("Use extensions in Bicep").
const EXTENSION: &str = "\nextension microsoftGraphV1\n";

/// Parameters with their defaults and resources, by name.
pub fn bicep() -> Value {
    let text = file("main.bicep");
    assert_eq!(text.matches(EXTENSION).count(), 1);
    let source = Source::new(text.replace(EXTENSION, "\n"), tree_sitter_bicep::LANGUAGE);
    source.read(|root, text| {
        let mut all = Map::new();
        for declared in named(root) {
            let parts = named(declared);
            match declared.kind() {
                "parameter_declaration" => {
                    let default = parts.get(2).map_or(Value::Null, |node| bicep_value(*node, text));
                    put(&mut all, said(parts[0], text), default);
                }
                "resource_declaration" => {
                    put(&mut all, literal(said(parts[1], text)).as_str().unwrap(), bicep_value(parts[2], text));
                }
                _ => {}
            }
        }
        Value::Object(all)
    })
}

fn bicep_value(node: Node, text: &str) -> Value {
    match node.kind() {
        "object" => {
            let pairs = named(node).into_iter().map(|pair| named(pair));
            Value::Object(pairs.map(|pair| (said(pair[0], text).to_string(), bicep_value(pair[1], text))).collect())
        }
        "array" => named(node).into_iter().map(|one| bicep_value(one, text)).collect(),
        "for_statement" => bicep_value(*named(node).last().unwrap(), text),
        _ => literal(said(node, text)),
    }
}

/// What stands for a parameter, by its default.
fn resolved(value: &Value, all: &Value, prefix: &str) -> Value {
    match value {
        Value::Object(members) => {
            members.iter().map(|(name, value)| (name.clone(), resolved(value, all, prefix))).collect()
        }
        Value::Array(items) => items.iter().map(|value| resolved(value, all, prefix)).collect(),
        Value::String(text) => text
            .strip_prefix(prefix)
            .and_then(|name| all.get(name))
            .filter(|default| !default.is_null())
            .unwrap_or(value)
            .clone(),
        _ => value.clone(),
    }
}

#[test]
fn bicep_registers_the_same() {
    let all = bicep();
    let app = &all["Microsoft.Graph/applications@v1.0"];
    assert_eq!(app["spa"], json!({ "redirectUris": "redirectUris" }), "as they are given");
    assert!(all["redirectUris"].is_null(), "there is no default");
    let app = resolved(app, &all, "");
    let mut with_list = app.clone();
    with_list["spa"]["redirectUris"] = json!([]);
    let mut registered = of_body(&with_list);
    let principal = resolved(&all["Microsoft.Graph/servicePrincipals@v1.0"], &all, "");
    registered["assignmentRequired"] = principal["appRoleAssignmentRequired"].clone();
    let people = &all["Microsoft.Graph/appRoleAssignedTo@v1.0"];
    registered["role"] = people["appRoleId"].clone();
    assert_eq!(registered, expected());
    assert_eq!(principal["appId"], "app.appId");
    assert_eq!((&people["principalId"], &people["resourceId"]), (&json!("id"), &json!("principal.id")));
    no_more_than(&app, &NAMES);
    // The script finds what Bicep has made, by its key.
    let shell = shell();
    shell.run("register.sh", &[PAGE]);
    assert_eq!(shell.read("key"), format!("applications(uniqueName='{}')", app["uniqueName"].as_str().unwrap()));
    let configured: Value = serde_json::from_str(&file("bicepconfig.json")).unwrap();
    let extension = "br:mcr.microsoft.com/bicep/extensions/microsoftgraph/v1.0:1.0.0";
    assert_eq!(configured, json!({ "extensions": { "microsoftGraphV1": extension } }));
}

/// Every block by its labels, with its attributes and the blocks in it.
pub fn terraform() -> Value {
    Source::new(file("main.tf"), tree_sitter_hcl::LANGUAGE).read(|root, text| body(named(root)[0], text))
}

fn body(node: Node, text: &str) -> Value {
    let mut all = Map::new();
    for part in named(node) {
        let parts = named(part);
        match part.kind() {
            "attribute" => put(&mut all, said(parts[0], text), literal(said(parts[1], text))),
            "block" => {
                let labels = parts.iter().filter(|part| ["identifier", "string_lit"].contains(&part.kind()));
                let labels: Vec<&str> = labels.map(|part| said(*part, text).trim_matches('"')).collect();
                let inner = parts.iter().find(|part| part.kind() == "body");
                put(&mut all, &labels.join("."), inner.map_or(json!({}), |inner| body(*inner, text)));
            }
            other => panic!("{other}"),
        }
    }
    Value::Object(all)
}

#[test]
fn terraform_registers_the_same() {
    let all = terraform();
    let variables = all.as_object().unwrap().iter();
    let defaults: Map<String, Value> = variables
        .filter_map(|(name, block)| Some((name.strip_prefix("variable.")?.to_string(), block["default"].clone())))
        .collect();
    let defaults = Value::Object(defaults);
    assert!(defaults["redirect_uris"].is_null(), "there is no default");
    let of = |name: &str| resolved(&all[name], &defaults, "var.");
    let app = of("resource.azuread_application.page");
    assert_eq!(app["single_page_application"], json!({ "redirect_uris": "var.redirect_uris" }), "as they are given");
    let (access, grant) = (&app["required_resource_access"], &app["web"]["implicit_grant"]);
    let principal = of("resource.azuread_service_principal.page");
    let people = of("resource.azuread_app_role_assignment.people");
    let registered = json!({
        "name": app["display_name"],
        "audience": app["sign_in_audience"],
        "permission": [access["resource_app_id"], access["resource_access"]["id"], access["resource_access"]["type"]],
        "publicClient": app["fallback_public_client_enabled"],
        "implicitGrant": [grant["access_token_issuance_enabled"], grant["id_token_issuance_enabled"]],
        "assignmentRequired": principal["app_role_assignment_required"],
        "role": people["app_role_id"],
    });
    assert_eq!(registered, expected());
    assert_eq!(principal["client_id"], "azuread_application.page.client_id");
    assert_eq!(people["resource_object_id"], "azuread_service_principal.page.object_id");
    let provider = all["terraform"]["required_providers"]["azuread"].as_str().unwrap();
    assert!(provider.contains("\"hashicorp/azuread\"") && provider.contains("version = \"3.7.0\""), "{provider}");
    let resources = all.as_object().unwrap().keys().filter(|name| name.starts_with("resource.")).count();
    assert_eq!(resources, 3, "and nothing else, no secret");
    assert!(app.get("password").is_none());
}
