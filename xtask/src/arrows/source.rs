use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{Attribute, File, Item, ItemMod, ItemUse, Meta, Token, UseTree, Visibility};

use super::names::Names;
use super::tokens::mentioned_in_tokens;
use crate::problem::{Done, Problem};

/// What a module brings in, has of its own, and mentions.
#[derive(Default)]
pub struct Module {
    /// The module whose file this one is written in: itself, unless it stands in braces.
    pub file: Names,
    /// What each name that was brought in stands for, as it is written.
    pub imports: HashMap<String, Names>,
    /// The modules of which everything is brought in, as they are written.
    pub globs: Vec<Names>,
    /// The names of the items written here.
    pub items: HashSet<String>,
    /// The paths of `use`s that bring something in for this module itself.
    pub brought_in: Vec<Names>,
    /// Every other path, as it is written.
    pub mentioned: Vec<Names>,
}

/// The modules of one library or program.
#[derive(Default)]
pub struct Source {
    pub modules: BTreeMap<Names, Module>,
}

impl Source {
    /// Reads all files that belong to `root`, without what is for tests only.
    ///
    /// # Errors
    ///
    /// A file cannot be read, or is no Rust.
    pub fn read(root: &Path) -> Done<Self> {
        let mut source = Self::default();
        let folder = root.parent().unwrap_or(root).to_owned();
        source.read_file(root, &folder, Vec::new())?;
        Ok(source)
    }

    /// `folder` is where the files of the module's own modules are.
    fn read_file(&mut self, file: &Path, folder: &Path, name: Names) -> Done {
        let doing = || format!("read {}", file.display());
        let text =
            std::fs::read_to_string(file).map_err(|error| Problem::doing(&doing(), error))?;
        let syntax: File =
            syn::parse_file(&text).map_err(|error| Problem::doing(&doing(), error))?;
        self.read_items(syntax.items, folder, name.clone(), name)
    }

    fn read_items(&mut self, items: Vec<Item>, folder: &Path, name: Names, file: Names) -> Done {
        let mut module = Module {
            file: file.clone(),
            ..Module::default()
        };
        for item in items {
            if is_for_tests(attributes(&item)) {
                continue;
            }
            module.items.extend(name_of(&item));
            match item {
                Item::Mod(child) => self.read_child(child, folder, &name, &file)?,
                Item::Use(one) => bring_in(&one, &mut module),
                other => Mentions(&mut module.mentioned).visit_item(&other),
            }
        }
        self.modules.insert(name, module);
        Ok(())
    }

    fn read_child(&mut self, child: ItemMod, folder: &Path, parent: &Names, file: &Names) -> Done {
        let own = child.ident.to_string();
        let name: Names = parent.iter().cloned().chain([own.clone()]).collect();
        let folder = folder.join(&own);
        if let Some((_, items)) = child.content {
            return self.read_items(items, &folder, name, file.clone());
        }
        let beside = PathBuf::from(format!("{}.rs", folder.display()));
        let found = if beside.is_file() {
            beside
        } else {
            folder.join("mod.rs")
        };
        self.read_file(&found, &folder, name)
    }
}

/// Whether it is left out of every build that is no test's.
fn is_for_tests(attributes: &[Attribute]) -> bool {
    let mut conditions = attributes.iter().filter(|one| one.path().is_ident("cfg"));
    conditions.any(|one| {
        one.parse_args::<Meta>()
            .is_ok_and(|condition| needs_test(&condition))
    })
}

/// Whether a condition holds for tests alone: `test`, or `all` of it and more.
fn needs_test(condition: &Meta) -> bool {
    match condition {
        Meta::Path(path) => path.is_ident("test"),
        Meta::List(list) if list.path.is_ident("all") => list
            .parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated)
            .is_ok_and(|all| all.iter().any(needs_test)),
        _ => false,
    }
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

fn name_of(item: &Item) -> Option<String> {
    let name = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        _ => return None,
    };
    Some(name.to_string())
}

/// A name that is handed on to other modules is no use of it here: whoever takes it from here uses where it comes from.
fn bring_in(one: &ItemUse, module: &mut Module) {
    let handed_on = !matches!(one.vis, Visibility::Inherited);
    let mut add = |path: Names, name: Option<String>| {
        if !handed_on {
            module.brought_in.push(path.clone());
        }
        match name {
            Some(name) => drop(module.imports.insert(name, path)),
            None => module.globs.push(path),
        }
    };
    walk(&one.tree, Vec::new(), &mut add);
}

fn walk(tree: &UseTree, before: Names, add: &mut impl FnMut(Names, Option<String>)) {
    let with = |name: &syn::Ident| {
        let own = (name != "self").then(|| name.to_string());
        before.iter().cloned().chain(own).collect::<Names>()
    };
    match tree {
        UseTree::Path(path) => {
            let mut further = before.clone();
            further.push(path.ident.to_string());
            walk(&path.tree, further, add);
        }
        UseTree::Name(name) => {
            let path = with(&name.ident);
            let last = path.last().cloned();
            add(path, last);
        }
        UseTree::Rename(rename) => add(with(&rename.ident), Some(rename.rename.to_string())),
        UseTree::Glob(_) => add(before, None),
        UseTree::Group(group) => {
            for one in &group.items {
                walk(one, before.clone(), add);
            }
        }
    }
}

/// Collects every path of an item.
struct Mentions<'a>(&'a mut Vec<Names>);

impl<'ast> Visit<'ast> for Mentions<'_> {
    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names = path.segments.iter().map(|one| one.ident.to_string());
        self.0.push(names.collect());
        visit::visit_path(self, path);
    }

    // What stands in a macro's brackets is any tokens, whole paths among them.
    fn visit_macro(&mut self, called: &'ast syn::Macro) {
        self.visit_path(&called.path);
        self.0.extend(mentioned_in_tokens(called.tokens.clone()));
    }

    fn visit_item_use(&mut self, inside: &'ast ItemUse) {
        walk(&inside.tree, Vec::new(), &mut |path, _| self.0.push(path));
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        if let syn::Meta::List(list) = &attribute.meta {
            self.0.extend(mentioned_in_tokens(list.tokens.clone()));
        }
    }
}
