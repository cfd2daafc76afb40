use proc_macro2::{TokenStream, TokenTree};

use super::names::Names;

/// Every path among these tokens.
pub fn mentioned_in_tokens(tokens: TokenStream) -> Vec<Names> {
    let (mut found, mut path, mut colons) = (Vec::new(), Names::new(), 0);
    for token in tokens {
        match token {
            TokenTree::Ident(name) => {
                if colons != 2 {
                    found.push(std::mem::take(&mut path));
                }
                path.push(name.to_string());
                colons = 0;
            }
            TokenTree::Punct(mark) if mark.as_char() == ':' => colons += 1,
            TokenTree::Group(group) => {
                found.extend(mentioned_in_tokens(group.stream()));
                found.push(std::mem::take(&mut path));
                colons = 0;
            }
            _ => {
                found.push(std::mem::take(&mut path));
                colons = 0;
            }
        }
    }
    found.push(path);
    found.retain(|path| !path.is_empty());
    found
}
