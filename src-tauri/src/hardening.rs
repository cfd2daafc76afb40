//! What the window is allowed: any loosening of it fails here first.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::command_names::COMMANDS;
use crate::window::is_page_of;
use crate::wire::Platform;

fn configuration() -> Value {
    serde_json::from_str(include_str!("../../tauri.conf.json")).expect("the configuration is JSON")
}

fn capability() -> Value {
    serde_json::from_str(include_str!(concat!(
        env!("OUT_DIR"),
        "/capabilities/main.json"
    )))
    .expect("the capability is JSON")
}

fn texts(list: &Value) -> Vec<&str> {
    list.as_array()
        .expect("a list")
        .iter()
        .map(|item| item.as_str().expect("a text"))
        .collect()
}

/// The policy, directive by directive.
const POLICY: [(&str, &str); 11] = [
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
];

#[test]
fn the_content_security_policy_is_exactly_this() {
    let configuration = configuration();
    let policy = configuration["app"]["security"]["csp"]
        .as_object()
        .expect("the policy is written out");
    let found: BTreeMap<&str, &str> = policy
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str().expect("a text")))
        .collect();
    assert_eq!(found, BTreeMap::from(POLICY));
}

/// Such a file would be laid over the configuration on one system only, where this test may not run.
#[test]
fn no_system_has_a_configuration_of_its_own() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in [root.to_owned(), root.join("src-tauri")] {
        let entries = std::fs::read_dir(folder).expect("the folder is there");
        let found: Vec<_> = entries
            .map(|entry| entry.expect("it can be read").file_name())
            .filter(|name| {
                let name = name.to_string_lossy().to_lowercase();
                name.starts_with("tauri.") && name != "tauri.conf.json"
            })
            .collect();
        assert_eq!(found, [""; 0]);
    }
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

/// Everything a capability of the build says, from whatever file: `build.rs` reads the whole folder.
#[test]
fn there_is_one_capability_and_none_of_its_permissions_is_a_set() {
    let folder = std::path::Path::new(env!("OUT_DIR")).join("capabilities");
    let files: Vec<_> = std::fs::read_dir(folder)
        .expect("the capabilities are there")
        .map(|entry| entry.expect("it can be read").file_name())
        .collect();
    assert_eq!(files, ["main.json"]);
    let capability = capability();
    for permission in texts(&capability["permissions"]) {
        assert!(!permission.ends_with(":default"), "{permission}");
        assert!(!permission.contains('*'), "{permission}");
        for foreign in [
            "shell",
            "fs:",
            "http",
            "dialog",
            "opener",
            "clipboard",
            "updater",
            "window",
            "webview",
        ] {
            assert!(!permission.starts_with(foreign), "{permission}");
            assert!(
                !permission.starts_with(&format!("core:{foreign}")),
                "{permission}"
            );
        }
    }
}

#[test]
fn the_policy_has_no_way_around_it() {
    let configuration = configuration();
    let policy = configuration["app"]["security"]["csp"].to_string();
    for loose in [
        "unsafe",
        "data:",
        "blob:",
        "https:",
        "*",
        "nonce",
        "strict-dynamic",
        "wasm",
    ] {
        assert!(!policy.contains(loose), "{loose}");
    }
    assert_eq!(
        policy.matches("http:").count(),
        1,
        "the address that Tauri's own messages have on Windows is the only one"
    );
}

/// What the build has made of the configuration is what runs: the policy and the frozen prototype are in the context.
#[test]
fn the_built_program_has_the_configuration_that_is_written() {
    let built = crate::program::context();
    let security = &built.config().app.security;
    let policy = security
        .csp
        .as_ref()
        .expect("there is a policy")
        .to_string();
    let found: BTreeMap<&str, &str> = policy
        .split(';')
        .filter_map(|directive| directive.trim().split_once(' '))
        .collect();
    assert_eq!(found, BTreeMap::from(POLICY), "{policy}");
    assert!(security.freeze_prototype);
    assert!(!security.asset_protocol.enable);
    assert!(security.dev_csp.is_none());
    assert!(!built.config().app.with_global_tauri);
    assert!(built.config().app.windows.is_empty());
}

#[test]
fn the_window_goes_nowhere_but_to_its_own_pages() {
    let elsewhere = [
        "https://www.twilio.com/",
        "http://localhost/",
        "http://127.0.0.1:4010/",
        "http://app.hostile.invalid/",
        "http://tauri.localhost.hostile.invalid/",
        "http://tauri.localhost:4010/",
        "https://tauri.localhost/",
        "ftp://tauri.localhost/",
        "tauri://elsewhere/",
        "file:///etc/passwd",
        "data:text/html,<script>1</script>",
        "blob:tauri://localhost/1",
        "javascript:1",
        "about:blank",
        "ipc://localhost/quit",
    ];
    let (by_scheme, by_host) = (
        "tauri://localhost/index.html",
        "http://tauri.localhost/index.html",
    );
    for (system, own, others) in [
        (Platform::Linux, by_scheme, by_host),
        (Platform::Macos, by_scheme, by_host),
        (Platform::Windows, by_host, by_scheme),
    ] {
        let goes =
            |address: &str| is_page_of(system, &address.parse::<tauri::Url>().expect("an address"));
        assert!(goes(own), "{own}");
        assert!(!goes(others), "{others}");
        for address in elsewhere {
            assert!(!goes(address), "{address}");
        }
    }
}

/// The builder of the window cannot be asked what it was told, so its source is read.
#[test]
fn the_window_is_made_with_every_restriction() {
    let source = include_str!("window.rs");
    for restriction in [
        ".incognito(!is_driven_by_a_test())",
        ".general_autofill_enabled(false)",
        ".devtools(cfg!(debug_assertions))",
        ".on_navigation(is_our_own_page)",
        ".on_new_window(|_, _| NewWindowResponse::Deny)",
    ] {
        assert!(source.contains(restriction), "{restriction}");
    }
    let manifest = include_str!("../../Cargo.toml");
    let tauri = manifest
        .lines()
        .filter(|line| line.starts_with("tauri ") || line.starts_with("tauri="));
    for line in tauri {
        for feature in ["devtools", "protocol-asset", "isolation", "unstable"] {
            assert!(!line.contains(feature), "{line}");
        }
    }
}
