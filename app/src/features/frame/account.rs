//! The corner of the header that is about whoever looks: signing in, or one's own menu.

use leptos::prelude::*;

use super::{Context, Place};
use crate::{port::Viewer, query, ui};

/// Who looks at the page; `None` when nobody is signed in.
pub fn viewer() -> Option<Viewer> {
    use_context::<Option<Viewer>>().flatten()
}

/// The link to sign in, or the menu of whoever is.
pub(super) fn account(context: &Context) -> AnyView {
    match viewer() {
        Some(viewer) => menu(&viewer, context.frame.as_ref().is_some_and(|frame| frame.demo)),
        None => sign_in(context),
    }
}

fn sign_in(context: &Context) -> AnyView {
    if context.place == Place::SignIn {
        return view! { <a class="sign-in" href="/sign-in" aria-current="page">"Sign in"</a> }.into_any();
    }
    let here =
        if context.query.is_empty() { context.path.clone() } else { format!("{}?{}", context.path, context.query) };
    let href = if here == "/" { "/sign-in".to_owned() } else { format!("/sign-in?next={}", query::encode(&here)) };
    // Robots need not follow it from every page.
    view! { <a class="sign-in" href=href rel="nofollow">"Sign in"</a> }.into_any()
}

fn menu(viewer: &Viewer, demo: bool) -> AnyView {
    let name = viewer.name.clone().unwrap_or_else(|| viewer.login.clone());
    let label = format!("Signed in as {name}");
    view! {
        <details class="popover account">
            <summary title=label>
                <span class="avatar" aria-hidden="true">{initials(&name)}</span>
                <span class="hidden">{format!("Menu of {name}")}</span>
            </summary>
            <div class="menu">
                <p class="who"><b>{name}</b><small>"@"{viewer.login.clone()}</small></p>
                <ul>
                    <li><a href="/me">"My page"</a></li>
                    {demo.then(|| view! { <li><a href="/sign-in">"Switch persona"</a></li> })}
                </ul>
                <form method="post" action="/sign-out">
                    {ui::csrf_field(&viewer.csrf)}
                    <button>"Sign out"</button>
                </form>
            </div>
        </details>
    }
    .into_any()
}

/// The first letters of the first and the last word of a name.
fn initials(name: &str) -> String {
    let mut words = name.split([' ', '-', '_', '.']).filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let first = words.next();
    first.into_iter().chain(words.next_back()).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_of_the_first_and_the_last_word() {
        assert_eq!(initials("Ines Demo"), "ID");
        assert_eq!(initials("ines"), "I");
        assert_eq!(initials("Ana Maria de la Cruz"), "AC");
        assert_eq!(initials("ines-demo"), "ID");
        assert_eq!(initials("--"), "");
    }
}
