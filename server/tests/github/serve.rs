//! From a request to its answer: what goes wrong on purpose, who asks, the routes, and what every answer carries.

use std::{
    future, io,
    time::{Duration, Instant},
};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{ConnectInfo, State},
    http::{HeaderMap, Method, Uri},
    response::Response,
};
use futures_util::{StreamExt, stream};
use sha2::{Digest, Sha256};
use tokio::net::TcpListener;

use super::{
    access,
    ask::{Ask, Reply},
    door::{Door, Line},
    fault::{self, Fault},
    git::hex,
    log::Entry,
    routes,
    world::{Shared, World},
};

/// What handlers work with.
#[derive(Clone)]
struct Served {
    world: Shared,
    since: Instant,
}

/// Serves the world at that socket until the runtime ends.
pub fn serve(listener: TcpListener, world: Shared) {
    let served = Served { world, since: Instant::now() };
    let router = Router::new().fallback(answer).with_state(served);
    let service = router.into_make_service_with_connect_info::<Line>();
    tokio::spawn(async { axum::serve(Door(listener), service).await });
}

async fn answer(
    State(served): State<Served>,
    ConnectInfo(line): ConnectInfo<Line>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let ask = Ask::new(&method, &uri, headers, body);
    if ask.path.first().is_some_and(|part| part == "_control") {
        let reply = routes::control(&served.world, &ask);
        return response(&reply);
    }
    let (reply, fault) = {
        let mut world = served.world.lock().unwrap();
        let fault = fault::of(&mut world.faults, &ask);
        let at = served.since.elapsed();
        let reply = replied(&mut world, &ask, fault);
        log(&mut world, &ask, at, &reply, fault);
        (reply, fault)
    };
    match fault {
        Some(Fault::Silence | Fault::SilenceAfter) => future::pending().await,
        Some(Fault::Reset) => {
            line.cut();
            response(&reply)
        }
        Some(Fault::Drip(pause)) => dripping(&reply, pause),
        Some(Fault::CutOff) => cut(&reply, None),
        Some(Fault::BrokenOff) => cut(&reply, Some(text(&reply).len())),
        _ => response(&reply),
    }
}

/// What is answered, faults of the way there left aside.
fn replied(world: &mut World, ask: &Ask, fault: Option<Fault>) -> Reply {
    let busy = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";
    let seconds = |reply: Reply, seconds: u32| reply.header("retry-after", seconds.to_string());
    match fault {
        Some(Fault::Status(status)) => return Reply::error(status, "Something went wrong"),
        Some(Fault::BadGatewayBefore) => return Reply::error(502, "Server Error"),
        Some(Fault::Silence | Fault::Reset) => return Reply::empty(200),
        Some(Fault::SecondaryLimit(after)) => {
            let reply = Reply::error(403, busy);
            return after.map_or(reply.clone(), |after| seconds(reply, after));
        }
        Some(Fault::TooMany(after)) => return seconds(Reply::error(429, busy), after),
        Some(Fault::Exhausted(reset)) => {
            let now = world.now();
            let limit = world.access.limit(ask, now);
            (limit.used, limit.reset) = (limit.hourly, reset);
            return limited(world, ask);
        }
        _ => {}
    }
    let reply = counted(world, ask, fault == Some(Fault::Never304));
    if fault == Some(Fault::BadGatewayAfter) { Reply::error(502, "Server Error") } else { reply }
}

/// The answer with the headers that all have; conditional where it can be, and paid for.
fn counted(world: &mut World, ask: &Ask, never_304: bool) -> Reply {
    if ask.path.first().is_some_and(|part| part == "login") {
        return routes::answer(world, ask);
    }
    if ask.header("user-agent").is_none_or(str::is_empty) {
        return Reply::error(
            403,
            "Request forbidden by administrative rules. Please make sure your request has a User-Agent header",
        );
    }
    let now = world.now();
    if world.access.limit(ask, now).remaining() == 0 && ask.path != ["rate_limit"] {
        return limited(world, ask);
    }
    let mut reply = routes::answer(world, ask);
    let tagged = reply.status == 200 && ask.method == "GET" && ask.path != ["rate_limit"];
    if tagged {
        let mut hash = Sha256::new();
        hash.update(text(&reply));
        reply.headers.iter().for_each(|(name, value)| hash.update(format!("{name}{value}")));
        let etag = format!("W/\"{}\"", hex(hash.finalize()));
        let same = ask.header("if-none-match").is_some_and(|known| known.split(", ").any(|known| known == etag));
        if same && !never_304 {
            reply = Reply::empty(304);
        }
        reply = reply.header("etag", etag).header("cache-control", "private, max-age=60, s-maxage=60".to_owned());
    }
    let limit = world.access.limit(ask, now);
    if (reply.status != 304 || ask.token().is_none()) && ask.path != ["rate_limit"] {
        limit.used += 1;
    }
    with_limit(world, ask, reply)
}

fn limited(world: &mut World, ask: &Ask) -> Reply {
    with_limit(world, ask, Reply::error(403, "API rate limit exceeded for user ID 1."))
}

fn with_limit(world: &mut World, ask: &Ask, reply: Reply) -> Reply {
    let now = world.now();
    let limit = world.access.limit(ask, now);
    reply
        .header("x-ratelimit-limit", limit.hourly.to_string())
        .header("x-ratelimit-remaining", limit.remaining().to_string())
        .header("x-ratelimit-used", limit.used.to_string())
        .header("x-ratelimit-reset", limit.reset.timestamp().to_string())
        .header("x-ratelimit-resource", "core".to_owned())
        .header("x-github-media-type", "github.v3; format=json".to_owned())
        .header("x-github-api-version-selected", "2022-11-28".to_owned())
}

fn log(world: &mut World, ask: &Ask, at: Duration, reply: &Reply, fault: Option<Fault>) {
    let silent = matches!(fault, Some(Fault::Silence | Fault::SilenceAfter | Fault::Reset));
    let entry = Entry {
        at,
        method: ask.method.clone(),
        target: ask.target.clone(),
        if_none_match: ask.header("if-none-match").map(str::to_owned),
        login: access::who(world, ask).ok().flatten().map(|token| token.login),
        status: if silent { 0 } else { reply.status },
        fault,
    };
    world.log.push(entry);
}

fn text(reply: &Reply) -> String {
    reply.body.as_ref().map(ToString::to_string).unwrap_or_default()
}

fn with_body(reply: &Reply, body: Body) -> Response {
    let mut builder = Response::builder().status(reply.status);
    if reply.body.is_some() {
        builder = builder.header("content-type", "application/json; charset=utf-8");
    }
    for (name, value) in &reply.headers {
        builder = builder.header(*name, value);
    }
    builder.body(body).unwrap()
}

fn response(reply: &Reply) -> Response {
    with_body(reply, Body::from(text(reply)))
}

/// Half of the body; with a length that promises the rest, the connection breaks.
fn cut(reply: &Reply, length: Option<usize>) -> Response {
    let mut half = text(reply).into_bytes();
    half.truncate(half.len() / 2);
    let half = stream::iter([Ok::<_, io::Error>(Bytes::from(half))]);
    let Some(length) = length else { return with_body(reply, Body::from_stream(half)) };
    let end = stream::once(async {
        // Long enough that the half is on its way before the connection breaks.
        tokio::time::sleep(Duration::from_millis(50)).await;
        Err(io::Error::from(io::ErrorKind::ConnectionReset))
    });
    let mut response = with_body(reply, Body::from_stream(half.chain(end)));
    response.headers_mut().insert("content-length", length.into());
    response
}

fn dripping(reply: &Reply, pause: Duration) -> Response {
    let bytes = text(reply).into_bytes();
    let drops = stream::iter(bytes).then(move |byte| async move {
        tokio::time::sleep(pause).await;
        Ok::<_, io::Error>(Bytes::from(vec![byte]))
    });
    with_body(reply, Body::from_stream(drops))
}
