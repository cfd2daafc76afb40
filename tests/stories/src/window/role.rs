/// What something in a window is, in the words of the accessibility tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A message that is read out at once.
    Alert,
    /// Something that acts when pressed.
    Button,
    /// One cell of a table.
    Cell,
    /// A box to tick.
    Checkbox,
    /// A choice that folds open.
    Combobox,
    /// A window inside the window.
    Dialog,
    /// A form.
    Form,
    /// A heading of any level.
    Heading,
    /// A picture, or what is read as one.
    Image,
    /// A link.
    Link,
    /// One entry of a list.
    ListItem,
    /// The main part of the page.
    Main,
    /// One thing to choose from a menu.
    MenuItem,
    /// The ways to other screens.
    Navigation,
    /// One entry of a choice.
    Option,
    /// One of several that exclude each other.
    Radio,
    /// A named part of the page.
    Region,
    /// One row of a table.
    Row,
    /// A box to search by.
    Searchbox,
    /// A message that is read out when there is time.
    Status,
    /// The handle of a tab.
    Tab,
    /// A box to type in.
    Textbox,
}

impl Role {
    /// The role's name in the ARIA vocabulary.
    pub fn name(self) -> &'static str {
        match self {
            Self::Alert => "alert",
            Self::Button => "button",
            Self::Cell => "cell",
            Self::Checkbox => "checkbox",
            Self::Combobox => "combobox",
            Self::Dialog => "dialog",
            Self::Form => "form",
            Self::Heading => "heading",
            Self::Image => "img",
            Self::Link => "link",
            Self::ListItem => "listitem",
            Self::Main => "main",
            Self::MenuItem => "menuitem",
            Self::Navigation => "navigation",
            Self::Option => "option",
            Self::Radio => "radio",
            Self::Region => "region",
            Self::Row => "row",
            Self::Searchbox => "searchbox",
            Self::Status => "status",
            Self::Tab => "tab",
            Self::Textbox => "textbox",
        }
    }
}
