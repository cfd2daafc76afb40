//! Why Twilio does not make a change, where its codes tell the reasons apart (<https://www.twilio.com/docs/api/errors>).

use crate::Refusal;

/// Why a phone number was not moved to another account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MoveRefusal {
    /// 21470, 21471: there is no such account to move it to.
    NoSuchAccount,
    /// 21472: the account is suspended or closed.
    NotActive,
    /// 21473: the other account is not of the same parent.
    Unrelated,
    /// 21474: who signed is not the parent of both.
    NotTheParent,
    /// 21613, 21615, 21631, 21649, 21650, 21651: the number's country asks for an address, a bundle or a proof of identity, which the account
    /// that is to have it lacks.
    AddressNeeded,
}

/// Why an account's status was not changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatusRefusal {
    /// 21475: Twilio knows no such status.
    UnknownStatus,
    /// 21476: the parent is suspended, and its subaccounts with it.
    ParentSuspended,
    /// 21477: it is a main account, whose status only Twilio changes.
    IsParent,
    /// 21478: Twilio itself suspended it, and only Twilio's support can undo that.
    SuspendedByTwilio,
    /// 21479: it was closed, and stays so.
    Closed,
}

impl Refusal {
    /// What this says of a status that was to be changed; nothing where it has another cause.
    pub fn of_a_status(&self) -> Option<StatusRefusal> {
        Some(match self.code {
            21475 => StatusRefusal::UnknownStatus,
            21476 => StatusRefusal::ParentSuspended,
            21477 => StatusRefusal::IsParent,
            21478 => StatusRefusal::SuspendedByTwilio,
            21479 => StatusRefusal::Closed,
            _ => return None,
        })
    }

    /// What this says of a phone number that was to be moved; nothing where it has another cause.
    pub fn of_a_move(&self) -> Option<MoveRefusal> {
        Some(match self.code {
            21470 | 21471 => MoveRefusal::NoSuchAccount,
            21472 => MoveRefusal::NotActive,
            21473 => MoveRefusal::Unrelated,
            21474 => MoveRefusal::NotTheParent,
            21613 | 21615 | 21631 | 21649..=21651 => MoveRefusal::AddressNeeded,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(code: u32) -> Refusal {
        let body = format!(r#"{{"code":{code},"message":"no","status":400}}"#);
        Refusal::read(400, body.as_bytes(), None, "").expect("Twilio's")
    }

    #[test]
    fn each_code_of_a_change_is_one_reason_and_no_other_code_is() {
        let statuses: Vec<_> = (21470..21490)
            .filter_map(|code| Some((code, refusal(code).of_a_status()?)))
            .collect();
        assert_eq!(
            statuses,
            [
                (21475, StatusRefusal::UnknownStatus),
                (21476, StatusRefusal::ParentSuspended),
                (21477, StatusRefusal::IsParent),
                (21478, StatusRefusal::SuspendedByTwilio),
                (21479, StatusRefusal::Closed),
            ]
        );
        let moves: Vec<_> = (21460..21490)
            .filter_map(|code| Some((code, refusal(code).of_a_move()?)))
            .collect();
        assert_eq!(
            moves,
            [
                (21470, MoveRefusal::NoSuchAccount),
                (21471, MoveRefusal::NoSuchAccount),
                (21472, MoveRefusal::NotActive),
                (21473, MoveRefusal::Unrelated),
                (21474, MoveRefusal::NotTheParent),
            ]
        );
        let addresses = [21613, 21615, 21631, 21649, 21650, 21651];
        let wanted: Vec<_> = (21600..21700)
            .filter(|code| refusal(*code).of_a_move() == Some(MoveRefusal::AddressNeeded))
            .collect();
        assert_eq!(wanted, addresses);
    }
}
