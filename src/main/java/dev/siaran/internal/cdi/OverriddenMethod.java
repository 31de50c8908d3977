package dev.siaran.internal.cdi;

import dev.siaran.AbstractSsePublishResource;
import dev.siaran.AbstractSseQueueResource;
import dev.siaran.AbstractSseResource;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A resource's own {@code subscribe} or {@code publish}. Jakarta REST takes all annotations from one method: one that has any of its own
 * inherits none (Jakarta REST 3.1, 3.6).
 */
final class OverriddenMethod {

    /** A method that Jakarta REST calls, and what it has to have. */
    private enum Inherited {
        SUBSCRIBE("subscribe", GET.class, "nobody can open this stream"),
        PUBLISH("publish", POST.class, "nobody can publish with this resource");

        final String name;
        final Class<? extends Annotation> verb;
        final String consequence;

        Inherited(String name, Class<? extends Annotation> verb, String consequence) {
            this.name = name;
            this.verb = verb;
            this.consequence = consequence;
        }

        static Inherited of(Class<?> resource) {
            return AbstractSsePublishResource.class.isAssignableFrom(resource) ? PUBLISH : SUBSCRIBE;
        }
    }

    private final Class<?> resource;
    private final Inherited inherited;
    private final Method method;

    private OverriddenMethod(Class<?> resource, Inherited inherited, Method method) {
        this.resource = resource;
        this.inherited = inherited;
        this.method = method;
    }

    /** What is wrong with a subclass of the abstract resources, and what to do; empty if it can be called. */
    static Optional<String> problem(Class<?> resource) {
        var inherited = Inherited.of(resource);
        return annotatedMethod(resource, inherited.name)
                .filter(method -> !isOfSiaran(method.getDeclaringClass()))
                .flatMap(method -> new OverriddenMethod(resource, inherited, method).problem());
    }

    /** The method whose annotations count: the nearest one that has any. */
    private static Optional<Method> annotatedMethod(Class<?> resource, String name) {
        return Stream.<Class<?>>iterate(resource, type -> type != Object.class, Class::getSuperclass)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> method.getName().equals(name) && !method.isBridge())
                .filter(method -> isOfSiaran(method.getDeclaringClass()) || overrides(method))
                .filter(method -> !annotations(method).isEmpty())
                .findFirst();
    }

    private static boolean isOfSiaran(Class<?> type) {
        return type == AbstractSseQueueResource.class
                || type == AbstractSseResource.class
                || type == AbstractSsePublishResource.class;
    }

    /** Not one of the same name that a resource has besides. */
    private static boolean overrides(Method method) {
        return Stream.<Class<?>>iterate(method.getDeclaringClass(), type -> type != Object.class, Class::getSuperclass)
                .filter(OverriddenMethod::isOfSiaran)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(own -> own.getName().equals(method.getName()))
                .anyMatch(own -> Arrays.equals(own.getParameterTypes(), method.getParameterTypes()));
    }

    /** The annotations of Jakarta REST on a method and its parameters. */
    private static List<Annotation> annotations(Method method) {
        return Stream.concat(
                        Arrays.stream(method.getAnnotations()),
                        Arrays.stream(method.getParameterAnnotations()).flatMap(Arrays::stream))
                .filter(annotation -> isOfJakartaRest(annotation.annotationType()))
                .toList();
    }

    private static boolean isOfJakartaRest(Class<? extends Annotation> type) {
        return type.getName().startsWith("jakarta.ws.rs.") || type.isAnnotationPresent(HttpMethod.class);
    }

    private Optional<String> problem() {
        var missing = new ArrayList<String>();
        if (!method.isAnnotationPresent(inherited.verb)) {
            missing.add("@" + inherited.verb.getSimpleName());
        }
        if (inherited == Inherited.SUBSCRIBE && !producesStream(method) && !producesStream(resource)) {
            missing.add("@Produces(MediaType.SERVER_SENT_EVENTS)");
        }
        if (lacks(Suspended.class, AsyncResponse.class::equals)) {
            missing.add("@Suspended on the AsyncResponse");
        }
        if (lacks(Context.class, type -> type != AsyncResponse.class && type != InputStream.class)) {
            missing.add(
                    inherited == Inherited.SUBSCRIBE
                            ? "@Context on each parameter"
                            : "@Context on the last three parameters");
        }
        return missing.isEmpty() ? Optional.empty() : Optional.of(message(missing));
    }

    private static boolean producesStream(AnnotatedElement element) {
        Produces produces = element.getAnnotation(Produces.class);
        return produces != null && List.of(produces.value()).contains(MediaType.SERVER_SENT_EVENTS);
    }

    private boolean lacks(Class<? extends Annotation> annotation, Predicate<Class<?>> ofParameters) {
        return Arrays.stream(method.getParameters())
                .anyMatch(parameter ->
                        ofParameters.test(parameter.getType()) && !parameter.isAnnotationPresent(annotation));
    }

    private String message(List<String> missing) {
        List<String> own = annotations(method).stream()
                .map(annotation -> "@" + annotation.annotationType().getSimpleName())
                .distinct()
                .toList();
        return resource.getName() + ": " + inherited.consequence + ". Its method " + inherited.name
                + " has Jakarta REST annotations of its"
                + " own (" + String.join(", ", own) + "), so it inherits none and lacks " + String.join(", ", missing)
                + ". Remove them (annotations of other kinds, such as @RolesAllowed, do no harm), or add what it lacks";
    }
}
