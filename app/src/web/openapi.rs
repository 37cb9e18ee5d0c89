//! OpenAPI 3.1, generated from the same tables as everything else; committed as `docs/openapi.json`.
use domain::engine::{Column, Field, Kind, Shape};
use serde_json::{Map, Value as Json, json};

use super::routes::{ROUTES, Right};

fn schema(f: &Field) -> Json {
    let codes = |t: &domain::registers::codes::CodeTable| t.rows.iter().map(|(c, _)| *c).collect::<Vec<_>>();
    let base = match f.shape {
        Shape::Short | Shape::Person | Shape::Org | Shape::Choice | Shape::Matter(_) => json!({"type": "string", "maxLength": 200}),
        Shape::Long => json!({"type": "string", "maxLength": 20_000}),
        Shape::Date => json!({"type": "string", "format": "date"}),
        Shape::Money => json!({"type": "integer", "minimum": 0, "description": "分"}),
        Shape::Number => json!({"type": "integer"}),
        Shape::YesNo => json!({"type": "boolean"}),
        Shape::Code(t) => json!({"type": "string", "enum": codes(t)}),
        Shape::Codes(t) => json!({"type": "array", "items": {"type": "string", "enum": codes(t)}, "minItems": 1}),
        Shape::Files => json!({"type": "array", "items": {"type": "string"}, "description": "附件编号，先经 /api/v1/files 上传"}),
        Shape::Rows(columns) => json!({"type": "array", "items": row(columns)}),
    };
    let mut base = base;
    if let Some(o) = base.as_object_mut() {
        o.insert("title".into(), f.label.into());
        if f.vault.is_some() {
            o.insert("x-vault".into(), f.vault.into());
        }
    }
    base
}
fn row(columns: &[Column]) -> Json {
    let properties: Map<String, Json> = columns.iter().map(|c| (c.name.to_owned(), json!({"type": "string", "title": c.label}))).collect();
    json!({"type": "object", "properties": properties, "additionalProperties": false})
}
fn form(fields: &[Field]) -> Json {
    let properties: Map<String, Json> = fields.iter().map(|f| (f.name.to_owned(), schema(f))).collect();
    let required: Vec<&str> = fields.iter().filter(|f| f.required).map(|f| f.name).collect();
    json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false})
}
/// Procedures with their phases, steps and forms.
pub fn kinds() -> Json {
    let step = |k: &Kind| -> Vec<Json> {
        let people = k.steps.iter().filter(|s| s.by_people());
        people.map(|s| json!({"action": s.action, "label": s.label, "opens": s.opens(), "from": s.from, "to": s.to, "basis": s.basis, "form": form(s.fields)})).collect()
    };
    let phases = |k: &Kind| {
        k.phases.iter().map(|p| json!({"name": p.name, "label": p.label, "ball": p.ball.map(|b| b.label())})).collect::<Vec<_>>()
    };
    json!(
        domain::procedures::all()
            .iter()
            .map(|k| json!({"kind": k.name, "label": k.label, "phases": phases(k), "steps": step(k)}))
            .collect::<Vec<_>>()
    )
}
/// The document.
pub fn document() -> Json {
    let mut paths: Map<String, Json> = Map::new();
    for r in ROUTES.iter().filter(|r| r.path.starts_with("/api/")) {
        let parameters: Vec<Json> =
            r.path.split('/').filter(|p| p.starts_with('{')).map(|p| parameter(p.trim_matches(['{', '}']))).collect();
        let right = match r.right {
            Right::Public => "任何人".to_owned(),
            Right::SignedIn => "已登录，所见随身份".to_owned(),
            Right::Roles(roles) => roles.join("、"),
        };
        let mut operation = json!({
            "summary": r.what, "description": format!("权限：{right}；令牌范围：{}", r.scope.unwrap_or("")), "parameters": parameters,
            "security": [{"token": [r.scope.unwrap_or("")]}],
            "responses": {"200": {"description": "成功"}, "401": {"description": "未带令牌"}, "403": {"description": "无权"}, "404": {"description": "没有，或无权查看"}, "409": {"description": "规则不允许，或已有新的办理"}, "422": {"description": "内容需要改正"}},
        });
        if let (Some(body), Some(members)) = (body_of(r.path, r.method), operation.as_object_mut()) {
            members.insert("requestBody".into(), body);
        }
        let entry = paths.entry(r.path.to_owned()).or_insert_with(|| json!({}));
        if let Some(methods) = entry.as_object_mut() {
            methods.insert(r.method.to_lowercase(), operation);
        }
    }
    let forms: Map<String, Json> = domain::procedures::all()
        .iter()
        .flat_map(|k| k.steps.iter().filter(|s| s.by_people()).map(|s| (format!("{}.{}", k.name, s.action), form(s.fields))))
        .collect();
    json!({
        "openapi": "3.1.0", "info": {"title": "獬豸", "version": env!("CARGO_PKG_VERSION")}, "paths": paths,
        "components": {"schemas": forms, "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
    })
}
fn parameter(name: &str) -> Json {
    json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}})
}
fn body_of(path: &str, method: &str) -> Option<Json> {
    let content = |schema: Json| Some(json!({"required": true, "content": {"application/json": {"schema": schema}}}));
    match (method, path) {
        ("POST", "/api/v1/matters") => content(
            json!({"type": "object", "required": ["kind", "action"], "properties": {"kind": {"type": "string"}, "action": {"type": "string"},
            "owner": {"type": "string"}, "links": {"type": "array", "items": {"type": "string"}}, "form": {"type": "object"}}}),
        ),
        ("POST", "/api/v1/matters/{number}/{action}") => {
            content(json!({"type": "object", "properties": {"version": {"type": "integer"}, "form": {"type": "object"}}}))
        }
        ("POST", _) => {
            Some(json!({"required": true, "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}))
        }
        _ => None,
    }
}
