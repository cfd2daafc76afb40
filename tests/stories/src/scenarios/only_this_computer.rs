use crate::leaks::connections;
use crate::{Desktop, Reporter, Told, expect};

/// Since the desktop was started nothing on it has connected to another computer. The desktop is to be a watched one.
pub async fn only_this_computer(reporter: &mut Reporter, desktop: &Desktop) -> Told {
    reporter
        .step_afterwards(
            desktop,
            "All this time only this computer was connected to",
            async { only_here(desktop) },
        )
        .await
}

/// The same, as a part of a step.
pub(super) fn only_here(desktop: &Desktop) -> Told {
    let (to_itself, others) = connections(&desktop.connections_made()?);
    println!("            {to_itself} connections, all to this computer");
    expect(to_itself > 0, || "no connection was seen at all".to_owned())?;
    expect(others.is_empty(), || {
        format!("connections to elsewhere:\n{}", others.join("\n"))
    })
}
