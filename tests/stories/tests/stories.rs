//! Whole stories in the real window, on a real keychain, against the made-up Twilio in a process of its own.
#![cfg(target_os = "linux")]

use std::time::Duration;

use stories::scenarios::Hang;
use stories::{Desktop, Practice, Reporter, Theme, Told, scenarios};

#[tokio::test]
async fn the_main_job_works_and_is_there_after_a_restart_without_twilio() -> Told {
    let mut reporter = Reporter::without_pictures();
    let desktop = Desktop::start_watched(Theme::Light).await?;
    let practice = Practice::start(150)?;
    let gone = practice.base().to_owned();
    let handed = scenarios::main_job(&mut reporter, &desktop, &practice).await?;
    drop(practice);
    scenarios::later(&mut reporter, &desktop, &gone, &handed).await?;
    scenarios::only_this_computer(&mut reporter, &desktop).await
}

#[tokio::test]
async fn a_keychain_that_ends_while_a_key_is_made_loses_nothing() -> Told {
    let mut reporter = Reporter::without_pictures();
    let desktop = Desktop::start_watched(Theme::Light).await?;
    scenarios::keychain_refuses(&mut reporter, &desktop, &Practice::start(20)?).await?;
    scenarios::only_this_computer(&mut reporter, &desktop).await
}

#[tokio::test]
async fn the_page_that_checks_the_computer_finds_what_is_stopped() -> Told {
    let mut reporter = Reporter::without_pictures();
    let desktop = Desktop::start_watched(Theme::Light).await?;
    scenarios::check_computer(&mut reporter, &desktop, Practice::start(20)?).await?;
    scenarios::only_this_computer(&mut reporter, &desktop).await
}

#[tokio::test]
async fn a_backup_is_restored_on_another_computer_and_its_secret_copied_there() -> Told {
    let old = Desktop::start(Theme::Light).await?;
    let new = Desktop::start(Theme::Light).await?;
    scenarios::another_computer(
        &mut Reporter::without_pictures(),
        &old,
        &new,
        &Practice::start(20)?,
    )
    .await
}

#[tokio::test]
async fn a_day_after_the_last_backup_the_next_is_made_by_itself() -> Told {
    let desktop = Desktop::start(Theme::Light).await?;
    scenarios::daily_backup(
        &mut Reporter::without_pictures(),
        &desktop,
        &Practice::start(20)?,
    )
    .await
}

#[tokio::test]
async fn secrets_are_nowhere_but_in_the_keychain_and_where_they_are_asked_for() -> Told {
    let desktop = Desktop::start_watched(Theme::Light).await?;
    scenarios::canaries(
        &mut Reporter::without_pictures(),
        &desktop,
        &Practice::start(20)?,
    )
    .await
}

#[tokio::test]
async fn a_screen_reader_is_told_no_masked_secret_and_a_locked_window_holds_none() -> Told {
    let desktop = Desktop::start(Theme::Light).await?;
    scenarios::screen_reader(
        &mut Reporter::without_pictures(),
        &desktop,
        &Practice::start(20)?,
    )
    .await
}

#[tokio::test]
async fn a_check_of_the_system_that_is_gone_opens_nothing_and_keeps_no_owner_out() -> Told {
    let desktop = Desktop::start(Theme::Light).await?;
    scenarios::locked_by_the_system(
        &mut Reporter::without_pictures(),
        &desktop,
        &Practice::start(20)?,
    )
    .await
}

#[tokio::test]
async fn practice_mode_touches_nothing_of_the_real_account() -> Told {
    let mut reporter = Reporter::without_pictures();
    let desktop = Desktop::start_watched(Theme::Dark).await?;
    scenarios::practice_door(&mut reporter, &desktop).await?;
    scenarios::only_this_computer(&mut reporter, &desktop).await
}

#[tokio::test]
async fn a_keychain_that_hangs_stops_neither_the_window_nor_its_end() -> Told {
    let desktop = Desktop::start(Theme::Light).await?;
    scenarios::keychain_hangs(
        &mut Reporter::without_pictures(),
        &desktop,
        &Practice::start(150)?,
        Hang {
            lasts: Duration::from_secs(6),
            computer_is_quiet: false,
        },
    )
    .await
}

#[tokio::test]
async fn left_alone_it_locks_refuses_every_call_and_opens_to_the_passphrase() -> Told {
    let desktop = Desktop::start(Theme::Light).await?;
    scenarios::locked(
        &mut Reporter::without_pictures(),
        &desktop,
        &Practice::start(20)?,
    )
    .await
}

#[tokio::test]
async fn a_key_made_under_a_typed_name_has_exactly_that_name_and_its_customers_card() -> Told {
    let desktop = Desktop::start(Theme::Light).await?;
    scenarios::new_key(
        &mut Reporter::without_pictures(),
        &desktop,
        &Practice::start(20)?,
    )
    .await
}

#[tokio::test]
async fn keys_from_elsewhere_are_adopted_and_their_customer_is_closed_after_its_numbers_were_moved()
-> Told {
    let desktop = Desktop::start(Theme::Light).await?;
    scenarios::adopted_and_closed(
        &mut Reporter::without_pictures(),
        &desktop,
        &Practice::start(20)?,
    )
    .await
}

#[tokio::test]
async fn a_customer_is_suspended_comes_back_and_loses_its_key_and_twilio_has_each_change() -> Told {
    let desktop = Desktop::start(Theme::Light).await?;
    scenarios::suspended_and_revoked(
        &mut Reporter::without_pictures(),
        &desktop,
        &Practice::start(20)?,
    )
    .await
}

#[tokio::test]
async fn a_subaccount_that_is_renamed_has_its_new_name_at_twilio_and_in_the_list_at_once() -> Told {
    let desktop = Desktop::start(Theme::Light).await?;
    scenarios::renamed(
        &mut Reporter::without_pictures(),
        &desktop,
        &Practice::start(20)?,
    )
    .await
}

#[tokio::test]
async fn closing_asks_first_while_a_secret_is_in_a_sealed_copy_only() -> Told {
    let desktop = Desktop::start(Theme::Light).await?;
    scenarios::closing_asks(
        &mut Reporter::without_pictures(),
        &desktop,
        &Practice::start(20)?,
    )
    .await
}

#[tokio::test]
async fn a_page_that_is_loaded_anew_finds_the_running_creation_and_tells_its_end() -> Told {
    let desktop = Desktop::start(Theme::Light).await?;
    scenarios::page_anew(
        &mut Reporter::without_pictures(),
        &desktop,
        &Practice::start(20)?,
    )
    .await
}

#[tokio::test]
async fn a_page_that_ends_comes_back_and_one_that_hangs_does_not_keep_the_program_open() -> Told {
    let desktop = Desktop::start(Theme::Light).await?;
    scenarios::page_ends(
        &mut Reporter::without_pictures(),
        &desktop,
        &Practice::start(20)?,
    )
    .await
}

#[tokio::test]
async fn a_copied_secret_is_taken_off_the_clipboard_however_the_program_ends() -> Told {
    let desktop = Desktop::start(Theme::Light).await?;
    scenarios::clipboard_at_the_end(
        &mut Reporter::without_pictures(),
        &desktop,
        &Practice::start(20)?,
    )
    .await
}

#[tokio::test]
async fn there_is_one_window_seen_when_laid_out_and_of_the_size_it_had() -> Told {
    let desktop = Desktop::start(Theme::Light).await?;
    scenarios::one_window(&mut Reporter::without_pictures(), &desktop).await
}

#[tokio::test]
async fn it_starts_whole_on_any_screen_and_says_what_keeps_it_from_starting() -> Told {
    scenarios::start(&mut Reporter::without_pictures()).await
}

#[tokio::test]
async fn a_crash_with_a_secret_in_memory_leaves_it_nowhere() -> Told {
    let desktop = Desktop::start(Theme::Light).await?;
    scenarios::crash(
        &mut Reporter::without_pictures(),
        &desktop,
        &Practice::start(20)?,
    )
    .await
}

#[tokio::test]
async fn no_script_in_the_page_gets_out_of_the_window() -> Told {
    let desktop = Desktop::start(Theme::Light).await?;
    scenarios::own_pages(
        &mut Reporter::without_pictures(),
        &desktop,
        &Practice::start(20)?,
    )
    .await
}

#[tokio::test]
async fn of_several_keychain_items_of_one_name_the_working_one_is_used_and_the_rest_go_when_told()
-> Told {
    let desktop = Desktop::start(Theme::Light).await?;
    scenarios::several_items(
        &mut Reporter::without_pictures(),
        &desktop,
        &Practice::start(20)?,
    )
    .await
}

#[tokio::test]
async fn five_odd_rows_of_a_thousand_cost_themselves_alone() -> Told {
    let desktop = Desktop::start(Theme::Light).await?;
    scenarios::odd_rows(&mut Reporter::without_pictures(), &desktop).await
}

#[tokio::test]
async fn a_keychain_without_a_keyring_is_not_called_missing_and_its_box_makes_one() -> Told {
    let desktop = Desktop::start_without_keyring().await?;
    scenarios::no_keyring(
        &mut Reporter::without_pictures(),
        &desktop,
        &Practice::start(20)?,
    )
    .await
}

#[tokio::test]
async fn a_gateway_that_opens_the_connection_is_sent_nothing_until_it_is_allowed_by_name() -> Told {
    scenarios::inspected(&mut Reporter::without_pictures(), &Practice::start(20)?).await
}
