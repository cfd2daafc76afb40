//! What the window is allowed: any loosening of it fails here first.

use std::collections::BTreeMap;

use serde_json::Value;

const COMMANDS: &[&str] = include!("../command_names.rs");

fn configuration() -> Value {
    serde_json::from_str(include_str!("../../tauri.conf.json")).expect("the configuration is JSON")
}

fn capability() -> Value {
    serde_json::from_str(include_str!("../capabilities/main.json")).expect("the capability is JSON")
}

fn texts(list: &Value) -> Vec<&str> {
    list.as_array()
        .expect("a list")
        .iter()
        .map(|item| item.as_str().expect("a text"))
        .collect()
}

#[test]
fn the_content_security_policy_is_exactly_this() {
    let expected = BTreeMap::from([
        ("default-src", "'none'"),
        ("script-src", "'self'"),
        ("style-src", "'self'"),
        ("img-src", "'self'"),
        ("font-src", "'self'"),
        ("connect-src", "ipc: http://ipc.localhost"),
        ("frame-src", "'none'"),
        ("frame-ancestors", "'none'"),
        ("object-src", "'none'"),
        ("base-uri", "'none'"),
        ("form-action", "'none'"),
    ]);
    let configuration = configuration();
    let policy = configuration["app"]["security"]["csp"]
        .as_object()
        .expect("the policy is written out");
    let found: BTreeMap<&str, &str> = policy
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str().expect("a text")))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn the_page_gets_no_shortcuts_around_the_policy() {
    let configuration = configuration();
    let (app, security) = (&configuration["app"], &configuration["app"]["security"]);
    assert_eq!(security["freezePrototype"], true);
    assert_eq!(app["withGlobalTauri"], false);
    assert_eq!(
        app["windows"],
        Value::Array(Vec::new()),
        "the window is made in Rust alone"
    );
    assert_eq!(configuration["build"].get("devUrl"), None);
    for loosening in [
        "devCsp",
        "dangerousDisableAssetCspModification",
        "assetProtocol",
        "capabilities",
        "headers",
    ] {
        assert_eq!(security.get(loosening), None, "{loosening}");
    }
}

#[test]
fn the_window_may_call_each_command_by_name_and_listen_and_nothing_else() {
    let capability = capability();
    let mut expected: Vec<String> = COMMANDS
        .iter()
        .map(|command| format!("allow-{}", command.replace('_', "-")))
        .collect();
    expected.extend([
        "core:event:allow-listen".to_owned(),
        "core:event:allow-unlisten".to_owned(),
    ]);
    expected.sort();
    let mut found = texts(&capability["permissions"]);
    found.sort_unstable();
    assert_eq!(found, expected);
    assert_eq!(texts(&capability["windows"]), ["main"]);
    assert_eq!(capability["local"], true);
    assert_eq!(capability.get("remote"), None);
}
