/* The route table says what it should, and api/openapi.json says the same. */
#include "../../api/server/route.h"
#include "../../api/sync/record.h"
#include "../../lib/json.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>
#include <ctype.h>
#include <string.h>

static struct json_doc document;

static int open_document(void **state)
{
    struct diag *diag = diag_new();
    (void)state;
    bool good = json_doc_load(&document, SOURCE_DIR "/api/openapi.json", 1024 * 1024, diag);
    diag_print(diag, stderr);
    diag_free(diag);
    return good ? 0 : -1;
}

static int close_document(void **state)
{
    (void)state;
    json_doc_release(&document);
    return 0;
}

static json_t *operation_of(const struct route *route)
{
    char method[16];
    size_t i = 0;
    for (; route->method[i]; i++)
        method[i] = (char)tolower((unsigned char)route->method[i]);
    method[i] = '\0';
    return json_object_get(json_object_get(json_object_get(document.root, "paths"), route->path), method);
}

static const struct route *row_of(const char *path, const char *method, const char *type)
{
    for (const struct route *route = route_table(); route->method; route++)
        if (strcmp(route->path, path) == 0 && strcasecmp(route->method, method) == 0 &&
            strcmp(route_body_type(route->body), type) == 0)
            return route;
    return NULL;
}

static void every_row_is_documented(void **state)
{
    (void)state;
    for (const struct route *route = route_table(); route->method; route++) {
        json_t *operation = operation_of(route);
        json_t *content = json_object_get(json_object_get(operation, "requestBody"), "content");
        if (!operation)
            fail_msg("%s %s is not in openapi.json", route->method, route->path);
        if (route->body != BODY_NONE && !json_object_get(content, route_body_type(route->body)))
            fail_msg("%s %s: openapi.json lacks the body %s", route->method, route->path,
                     route_body_type(route->body));
        if (route->body == BODY_NONE && content)
            fail_msg("%s %s: openapi.json has a body", route->method, route->path);
    }
}

static void every_operation_is_a_row(void **state)
{
    const char *path, *method, *type;
    json_t *item, *operation, *ignored;
    (void)state;
    json_object_foreach(json_object_get(document.root, "paths"), path, item)
    {
        json_object_foreach(item, method, operation)
        {
            json_t *content = json_object_get(json_object_get(operation, "requestBody"), "content");
            if (!content && !row_of(path, method, ""))
                fail_msg("openapi.json has %s %s, the table has not", method, path);
            json_object_foreach(content, type, ignored)
            {
                if (!row_of(path, method, type))
                    fail_msg("openapi.json has %s %s with %s, the table has not", method, path, type);
            }
        }
    }
}

static void who_may_call_is_documented(void **state)
{
    (void)state;
    for (const struct route *route = route_table(); route->method; route++) {
        json_t *security = json_object_get(operation_of(route), "security");
        bool open = json_is_array(security) && json_array_size(security) == 0;
        bool token = json_object_get(json_array_get(security, 0), "token") != NULL;
        if (open != (route->who == WHO_ANYONE) || token != (route->who == WHO_TOKEN))
            fail_msg("%s %s: openapi.json says another caller", route->method, route->path);
    }
}

/* The scope is that of the document, and one that a token may have. */
static void scopes_are_documented(void **state)
{
    struct arena *arena = arena_new(0);
    (void)state;
    for (const struct route *route = route_table(); route->method; route++) {
        if (route->who != WHO_TOKEN)
            continue;
        const char *scope = route_scope(route, arena);
        json_t *security = json_array_get(json_object_get(operation_of(route), "security"), 0);
        assert_string_equal(json_string_value(json_array_get(json_object_get(security, "token"), 0)), scope);
        size_t i = 0;
        while (sync_scopes[i] && strcmp(sync_scopes[i], scope) != 0)
            i++;
        assert_non_null(sync_scopes[i]);
    }
    arena_free(arena);
}

/* What a record may have is what the document says of it. */
static void records_are_documented(void **state)
{
    static const char *const names[SYNC_KINDS] = {"SyncCompany", "SyncContact", "SyncTicket", "SyncMessage"};
    json_t *schemas = json_object_get(json_object_get(document.root, "components"), "schemas");
    (void)state;
    for (enum sync_kind kind = 0; kind < SYNC_KINDS; kind++) {
        size_t count = 1; /* "type" */
        json_t *properties = json_object_get(json_object_get(schemas, names[kind]), "properties");
        for (const struct sync_field *field = sync_fields(kind); field->key; field++, count++)
            if (!json_object_get(properties, field->key))
                fail_msg("%s lacks \"%s\"", names[kind], field->key);
        assert_int_equal(json_object_size(properties), count);
    }
}

static bool names_parameter(json_t *operation, const char *reference)
{
    size_t index;
    json_t *parameter;
    json_array_foreach(json_object_get(operation, "parameters"), index, parameter)
    {
        const char *ref = json_string_value(json_object_get(parameter, "$ref"));
        if (ref && strcmp(ref, reference) == 0)
            return true;
    }
    return false;
}

static void keys_are_documented(void **state)
{
    (void)state;
    for (const struct route *route = route_table(); route->method; route++) {
        bool named = names_parameter(operation_of(route), "#/components/parameters/IdempotencyKey");
        if (named != ((route->flags & ROUTE_KEYED) != 0))
            fail_msg("%s %s: openapi.json says otherwise about the key", route->method, route->path);
    }
}

/* What is uploaded makes something, and what has a body has a ceiling. */
static void rows_are_whole(void **state)
{
    (void)state;
    for (const struct route *route = route_table(); route->method; route++) {
        assert_non_null(route->handler);
        assert_int_equal(route->body == BODY_NONE, route->ceiling == 0);
        assert_int_equal(route->body == BODY_UPLOAD, (route->flags & ROUTE_KEYED) != 0);
        assert_int_equal(strcmp(route->method, "GET") == 0 && route->body != BODY_NONE, 0);
    }
}

static void problem_codes_are_documented(void **state)
{
    json_t *schemas = json_object_get(json_object_get(document.root, "components"), "schemas");
    json_t *properties = json_object_get(json_object_get(schemas, "Problem"), "properties");
    json_t *codes = json_object_get(json_object_get(properties, "code"), "enum");
    size_t index;
    json_t *code;
    (void)state;
    assert_int_equal(json_array_size(codes), PROBLEM_COUNT - 1);
    json_array_foreach(codes, index, code)
    {
        const char *text = json_string_value(code);
        assert_string_equal(problem_row(problem_by_code(text))->code, text);
    }
}

struct found {
    enum problem problem;
    const char *path;
    int64_t number;
    char id[65];
    char allow[64];
};

static struct found find(const char *path, const char *method, const char *type)
{
    struct found found = {0};
    struct request request = {.arena = arena_new(0)};
    found.problem = route_find(&request, path, method, type);
    found.path = request.route ? request.route->path : NULL;
    found.number = request.number;
    if (request.id)
        snprintf(found.id, sizeof found.id, "%s", request.id);
    if (request.allow)
        snprintf(found.allow, sizeof found.allow, "%s", request.allow);
    arena_free(request.arena);
    return found;
}

static void paths_are_matched_whole(void **state)
{
    (void)state;
    assert_string_equal(find("/tickets", "GET", NULL).path, "/tickets");
    assert_string_equal(find("/tickets/counts", "GET", NULL).path, "/tickets/counts");
    struct found file = find("/tickets/1042/files/Ab-_9", "GET", NULL);
    assert_string_equal(file.path, "/tickets/{number}/files/{id}");
    assert_int_equal(file.number, 1042);
    assert_string_equal(file.id, "Ab-_9");
    assert_string_equal(find("/tickets/7", "HEAD", NULL).path, "/tickets/{number}");
}

static void other_paths_are_not_found(void **state)
{
    static const char *const paths[] = {
        "",
        "/",
        "/tickets/",
        "/tickets//",
        "/ticket",
        "/tickets/0",
        "/tickets/007",
        "/tickets/-1",
        "/tickets/1x",
        "/tickets/1234567890123456",
        "/tickets/1/files/",
        "/tickets/1/files/a.b",
        "/tickets/1/files/..",
        "/tickets/1/replies/2",
        "/tickets/1/files/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    };
    (void)state;
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++)
        if (find(paths[i], "GET", NULL).problem != PROBLEM_NOT_FOUND)
            fail_msg("%s is found", paths[i]);
}

static void another_method_is_told_what_there_is(void **state)
{
    (void)state;
    struct found found = find("/session", "PUT", NULL);
    assert_int_equal(found.problem, PROBLEM_METHOD);
    assert_string_equal(found.allow, "GET, HEAD, POST, DELETE");
    assert_string_equal(find("/tickets/5/replies", "GET", NULL).allow, "POST");
}

static void the_content_type_chooses_the_row(void **state)
{
    (void)state;
    assert_int_equal(find("/session", "POST", "application/json").problem, PROBLEM_NONE);
    assert_int_equal(find("/session", "POST", "Application/JSON ; charset=utf-8").problem, PROBLEM_NONE);
    assert_int_equal(find("/session", "POST", "application/x-www-form-urlencoded").problem, PROBLEM_NONE);
    assert_int_equal(find("/session", "POST", "text/plain").problem, PROBLEM_MEDIA_TYPE);
    assert_int_equal(find("/session", "POST", "application/jsonx").problem, PROBLEM_MEDIA_TYPE);
    assert_int_equal(find("/session", "POST", NULL).problem, PROBLEM_MEDIA_TYPE);
    assert_int_equal(find("/tickets", "POST", "multipart/form-data; boundary=x").problem, PROBLEM_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_is_documented),
        cmocka_unit_test(every_operation_is_a_row),
        cmocka_unit_test(who_may_call_is_documented),
        cmocka_unit_test(scopes_are_documented),
        cmocka_unit_test(records_are_documented),
        cmocka_unit_test(keys_are_documented),
        cmocka_unit_test(rows_are_whole),
        cmocka_unit_test(problem_codes_are_documented),
        cmocka_unit_test(paths_are_matched_whole),
        cmocka_unit_test(other_paths_are_not_found),
        cmocka_unit_test(another_method_is_told_what_there_is),
        cmocka_unit_test(the_content_type_chooses_the_row),
    };
    return cmocka_run_group_tests(tests, open_document, close_document);
}
