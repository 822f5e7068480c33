//! The check itself, with a made-up file: each thing that may be wrong is found, and what is right is let through.

use super::hold::Contract;
use pgflex_restore::azure::http::{ArmUrl, Method, Request, Response};

const FILE: &str = r##"{
  "swagger": "2.0", "info": {"version": "2024-04-01"},
  "paths": {
    "/subscriptions/{subscriptionId}/things": {
      "get": {
        "operationId": "Things_List",
        "parameters": [
          {"$ref": "x/resource-management/v4/types.json#/parameters/SubscriptionIdParameter"},
          {"$ref": "x/resource-management/v4/types.json#/parameters/ApiVersionParameter"},
          {"name": "$top", "in": "query", "type": "integer"}],
        "responses": {
          "200": {"schema": {"$ref": "#/definitions/Thing"}},
          "202": {"headers": {"Retry-After": {"type": "integer"}, "x-count": {"type": "integer"}}},
          "default": {"schema": {"$ref": "x/resource-management/v4/types.json#/definitions/ErrorResponse"}}}},
      "post": {
        "operationId": "Things_Add",
        "parameters": [
          {"$ref": "x/resource-management/v4/types.json#/parameters/ApiVersionParameter"},
          {"name": "thing", "in": "body", "required": true, "schema": {"$ref": "#/definitions/Thing"}}],
        "responses": {"200": {"schema": {"type": "array", "items": {"$ref": "#/definitions/Thing"}}}}}},
    "/{scope}/things": {"get": {
      "operationId": "Things_OfScope",
      "parameters": [
        {"$ref": "x/resource-management/v4/types.json#/parameters/ApiVersionParameter"},
        {"name": "scope", "in": "path", "required": true, "type": "string", "pattern": "^providers/"}],
      "responses": {"200": {}}}}},
  "definitions": {
    "Base": {"properties": {"id": {"type": "string", "readOnly": true, "format": "arm-id"}}, "required": ["id"]},
    "Thing": {
      "allOf": [{"$ref": "#/definitions/Base"}],
      "properties": {
        "made": {"type": "string", "format": "date-time"},
        "size": {"type": "integer", "format": "int32"},
        "tags": {"type": "object", "additionalProperties": {"type": "string"}},
        "kind": {"$ref": "#/definitions/Kind"}},
      "required": ["kind"]},
    "Kind": {
      "discriminator": "objectType", "type": "object", "required": ["objectType"],
      "properties": {"objectType": {"type": "string"}}},
    "Round": {
      "allOf": [{"$ref": "#/definitions/Kind"}], "x-ms-discriminator-value": "round",
      "properties": {"radius": {"type": "number"}, "colour": {"type": "string", "enum": ["Red", "Blue"]}},
      "required": ["radius"]},
    "Ball": {
      "allOf": [{"$ref": "#/definitions/Round"}],
      "properties": {"weight": {"type": "number"}}, "required": ["weight"]}}}"##;

const SUB: &str = "94b7d3e0-58c6-4a1f-8f29-0e6d71c3a5b8";

fn contract() -> Contract {
    Contract::new([FILE.to_string()])
}

fn asked(method: Method, path: &str, body: Option<&str>) -> Request {
    let url = ArmUrl::admit("management.azure.com", &format!("https://management.azure.com{path}"), None).unwrap();
    let headers = body.map(|_| ("Content-Type".to_string(), "application/json".to_string())).into_iter().collect();
    Request { method, url, headers, body: body.map(str::to_string) }
}

fn list() -> Request {
    asked(Method::Get, &format!("/subscriptions/{SUB}/things?api-version=2024-04-01"), None)
}

#[track_caller]
fn check_request(request: &Request, expected: &[&str]) {
    let (_, found) = contract().request(request);
    let mut told: Vec<String> = found.iter().map(|f| format!("{} {} {}", f.of, f.what, f.at).trim().into()).collect();
    told.sort();
    assert_eq!(told, expected, "{request:?}");
}

#[track_caller]
fn check_answer(status: u16, headers: &[(&str, &str)], body: &str, expected: &[&str]) {
    let contract = contract();
    let (meant, _) = contract.request(&list());
    let headers = headers.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
    let found = contract.answer(&meant.unwrap(), &Response { status, headers, body: body.into() });
    let mut told: Vec<String> = found.iter().map(|f| format!("{} {}", f.what, f.at).trim().into()).collect();
    told.sort();
    told.dedup();
    assert_eq!(told, expected, "{body}");
}

#[test]
fn a_request_is_the_operation_of_its_path_in_any_letter_case() {
    check_request(&list(), &[]);
    check_request(
        &asked(Method::Get, &format!("/SUBSCRIPTIONS/{SUB}/Things?api-version=2024-04-01&$top=5"), None),
        &[],
    );
    check_request(&asked(Method::Get, "/providers/x/y/things?api-version=2024-04-01", None), &[]);
}

#[test]
fn what_is_wrong_with_a_request_is_found() {
    let at = |rest: &str| format!("/subscriptions/{SUB}/{rest}");
    let of = |rest: &str| asked(Method::Get, &at(rest), None);
    let path = at("other");
    check_request(&of("other?api-version=2024-04-01"), &[&format!("GET {path} path")]);
    let path = at("things");
    check_request(&of("things"), &[&format!("GET {path} version")]);
    check_request(&of("things?api-version=2019-01-01"), &[&format!("GET {path} version")]);
    check_request(&asked(Method::Put, &at("things?api-version=2024-04-01"), None), &[&format!("PUT {path} method")]);
    check_request(&of("things?api-version=2024-04-01&$skip=1"), &["Things_List query $skip"]);
    check_request(&of("things?api-version=2024-04-01&$top=five"), &["Things_List type $top"]);
    let no_guid = asked(Method::Get, "/subscriptions/orders/things?api-version=2024-04-01", None);
    check_request(&no_guid, &["Things_List format subscriptionId"]);
    check_request(&asked(Method::Get, &at("x/things?api-version=2024-04-01"), None), &["Things_OfScope value scope"]);
    check_request(&asked(Method::Get, &at("things?api-version=2024-04-01"), Some("{}")), &["Things_List body"]);
}

#[test]
fn an_api_version_that_a_file_stands_for_is_taken() {
    check_request(&asked(Method::Get, &format!("/subscriptions/{SUB}/things?api-version=2026-03-01"), None), &[]);
}

#[test]
fn what_is_wrong_with_a_body_that_is_sent_is_found() {
    let path = format!("/subscriptions/{SUB}/things?api-version=2024-04-01");
    let check = |body: &str, expected: &[&str]| check_request(&asked(Method::Post, &path, Some(body)), expected);
    check(r#"{"kind":{"objectType":"round","radius":1,"colour":"Red"}}"#, &[]);
    check(r#"{"kind":{"objectType":"Ball","radius":1,"weight":2}}"#, &[]);
    check(r#"{"kind":{"objectType":"Kind"},"size":3,"tags":{"a":"b"},"made":"2026-01-02T03:04:05.1234567Z"}"#, &[]);
    check(r#"{"kind":{"objectType":"Square"}}"#, &["Things_Add enum kind.objectType"]);
    check(
        r#"{"kind":{"objectType":"round","colour":"Pink"}}"#,
        &["Things_Add enum kind.colour", "Things_Add required kind.radius"],
    );
    check(r#"{"kind":{"objectType":"round","radius":1,"weight":2}}"#, &["Things_Add unknown kind.weight"]);
    check(r#"{"kind":{"objectType":"Ball","radius":1}}"#, &["Things_Add required kind.weight"]);
    check(r#"{"id":"/x","kind":{"objectType":"Kind"}}"#, &["Things_Add unknown id"]);
    check(
        r#"{"kind":{"objectType":"Kind"},"size":5000000000,"tags":{"a":1},"made":"yesterday"}"#,
        &["Things_Add format made", "Things_Add type tags.a", "Things_Add value size"],
    );
    check(r#"{"kind":null}"#, &["Things_Add null kind", "Things_Add required kind"]);
    check("{", &["Things_Add body"]);
    let mut bare = asked(Method::Post, &path, Some(r#"{"kind":{"objectType":"Kind"}}"#));
    bare.headers.clear();
    check_request(&bare, &["Things_Add required content-type"]);
    bare.body = None;
    check_request(&bare, &["Things_Add body"]);
}

#[test]
fn what_is_wrong_with_an_answer_is_found() {
    let good = r#"{"id":"/x","kind":{"objectType":"Kind"}}"#;
    check_answer(200, &[("retry-after", "5")], good, &[]);
    check_answer(200, &[("retry-after", "soon")], good, &["type Retry-After"]);
    check_answer(200, &[], r#"{"id":"x","kind":{"objectType":"Kind"},"more":1}"#, &["format id", "unknown more"]);
    check_answer(200, &[], r#"{"id":"/x","size":null,"kind":{"objectType":"Kind"}}"#, &["null size"]);
    check_answer(200, &[], r#"{"id":null,"kind":{"objectType":"Kind"}}"#, &["null id", "required id"]);
    check_answer(200, &[], "", &["body"]);
    check_answer(200, &[], "<html>", &["body"]);
    check_answer(202, &[("X-Count", "many")], "", &["type x-count"]);
    check_answer(202, &[], "{}", &["body"]);
    check_answer(204, &[], "", &["status 204"]);
    check_answer(
        403,
        &[],
        r#"{"error":{"code":"No","details":[{"code":"x","more":1}]}}"#,
        &["unknown error.details[].more"],
    );
    check_answer(403, &[], r#"{"Message":"No"}"#, &["unknown Message"]);
}
