import java.nio.file.Path;
import java.util.Map;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.graphdb.GraphDatabaseService;

/**
 * One Neo4j server in a home of its own, through Neo4j's public embedding interface.
 *
 * Arguments: the home, whose conf/neo4j.conf says the rest, then "watched" or "detached". The password of the user neo4j comes in
 * the environment, so that no list of processes shows it. Prints "ready" when Bolt answers and the password holds.
 *
 * A watched server ends with its standard input: when the process that started it is gone, however it went, so is the server.
 * SIGTERM ends either in order; SIGKILL leaves what a power cut would.
 */
public final class Server {
    public static void main(String[] arguments) throws Exception {
        try {
            serve(Path.of(arguments[0]), arguments[1].equals("watched"));
        } catch (Throwable failure) { // the threads of a half-started server would keep the process alive
            failure.printStackTrace();
            System.exit(1);
        }
    }

    private static void serve(Path home, boolean watched) throws Exception {
        DatabaseManagementService server = new DatabaseManagementServiceBuilder(home)
            .loadPropertiesFromFile(home.resolve("conf").resolve("neo4j.conf"))
            .build();
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown));
        GraphDatabaseService system = server.database("system");
        boolean first = system.executeTransactionally(
            "SHOW USERS YIELD passwordChangeRequired", Map.of(), users -> (Boolean) users.next().get("passwordChangeRequired"));
        if (first) { // setting the same password again is refused
            system.executeTransactionally(
                "ALTER USER neo4j SET PASSWORD $password CHANGE NOT REQUIRED",
                Map.of("password", System.getenv("LIANTU_TEST_NEO4J_PASSWORD")));
        }
        System.out.println("ready");
        System.out.flush();
        if (watched) {
            while (System.in.read() >= 0) { }
            System.exit(0);
        }
        Thread.currentThread().join();
    }
}
