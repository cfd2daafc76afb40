//! The menu that macOS keeps at the top of the screen.

use tauri::menu::{Menu, MenuEvent, MenuItem, MenuItemKind};
use tauri::{AppHandle, Wry};

use crate::closing::think_close_over;
use crate::words::words;

const QUIT: &str = "quit";

/// The usual menu, but that its Quit asks first where a secret is not safe yet: the system's own item ends the program without a word
/// (tauri-apps/tauri issue 9198).
pub fn menu(app: &AppHandle) -> tauri::Result<Menu<Wry>> {
    let menu = Menu::default(app)?;
    if let Some(MenuItemKind::Submenu(own)) = menu.items()?.first() {
        if let Some(last) = own.items()?.len().checked_sub(1) {
            own.remove_at(last)?;
        }
        let quit = MenuItem::with_id(app, QUIT, words().quit, true, Some("CmdOrCtrl+Q"))?;
        own.append(&quit)?;
    }
    Ok(menu)
}

/// Does what an item of the menu is for, where the system does not do it by itself.
pub fn chosen(app: &AppHandle, event: MenuEvent) {
    if event.id() == QUIT {
        tauri::async_runtime::spawn(think_close_over(app.clone()));
    }
}
