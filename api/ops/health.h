/*
 * health: is the program fit to serve? For load balancers and monitors.
 */
#ifndef GUICHET_HEALTH_H
#define GUICHET_HEALTH_H

#include "../server/route.h"

route_handler handle_health;

#endif
