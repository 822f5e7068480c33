use super::World;
use pgflex_restore::sim::Azure;

/// What a fresh world answers to a message, up to its headers.
#[track_caller]
fn check(message: &str, expected: &str) {
    let World { mut azure, now } = World::new();
    let answer = azure.answer_message(now, message);
    assert_eq!(answer.lines().next().unwrap().split_once(' ').map_or("", |(_, status)| status), expected, "{answer}");
}

#[test]
fn a_message_is_answered_as_the_request_in_it_would_be() {
    let mut world = World::new();
    let path = "/subscriptions?api-version=2022-12-01";
    let expected = world.get(path);
    let answer = Azure::new(None).answer_message(world.now, &format!("GET https://management.azure.com{path}\nx-a: b"));
    let (head, body) = answer.split_once("\n\n").unwrap();
    assert_eq!(body, expected.body);
    let (first, headers) = head.split_once('\n').unwrap();
    assert!(first.ends_with(" 200"), "{first}");
    let expected: Vec<String> = expected.headers.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    assert_eq!(headers, expected.join("\n"));
}

#[test]
fn the_verb_and_the_body_arrive() {
    check("GET https://management.azure.com/subscriptions?api-version=2022-12-01", "200");
    let vault = format!("https://management.azure.com{}", super::VAULT);
    let instance = format!("{vault}/backupInstances/{}", super::ORDERS);
    check(&format!("POST {instance}/validateRestore?api-version=2024-04-01\n\n"), "400");
    check(&format!("GET {vault}/backupInstances?api-version=2024-04-01"), "200");
}

#[test]
fn what_is_no_request_to_azure_gets_no_answer() {
    for message in
        ["", "GET", "PATCH https://management.azure.com/subscriptions", "GET https://evil.example/subscriptions"]
    {
        check(message, "");
    }
}
