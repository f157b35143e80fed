/*
 * The floor for the API's measurements: civetweb with a handler that does nothing but answer, set up as the
 * product sets it up. Prints its port; ends when standard input does.
 */
#include <civetweb.h>
#include <stdio.h>
#include <string.h>

static int answer(struct mg_connection *connection, void *context)
{
    static const char text[] =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";
    (void)context;
    mg_write(connection, text, sizeof(text) - 1);
    return 200;
}

int main(void)
{
    const char *options[] = {"listening_ports",
                             "127.0.0.1:0",
                             "num_threads",
                             "256",
                             "tcp_nodelay",
                             "1",
                             "enable_keep_alive",
                             "yes",
                             "keep_alive_timeout_ms",
                             "5000",
                             "access_control_allow_origin",
                             "",
                             NULL};
    struct mg_callbacks callbacks;
    memset(&callbacks, 0, sizeof(callbacks));
    struct mg_context *context = mg_start(&callbacks, NULL, options);
    if (!context) {
        fputs("empty_handler: cannot start\n", stderr);
        return 1;
    }
    mg_set_request_handler(context, "/", answer, NULL);
    struct mg_server_port port;
    if (mg_get_server_ports(context, 1, &port) < 1)
        return 1;
    printf("%d\n", port.port);
    fflush(stdout);
    while (getchar() != EOF)
        ;
    mg_stop(context);
    return 0;
}
